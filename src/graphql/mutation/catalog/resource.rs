//! Resources.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use waymark_planner::draft::{CoverDraft, ResourceDraft};
use waymark_planner::source::{self, Identifiers};

use super::made::{Editing, invalid, made};
use super::naming::{RenameResourceInput, RetireResourceInput};
use super::paths::{Paths, change};
use super::payloads::payloads;
use super::terms::Terms;
use crate::catalog::edit::{Edit, ResourceChange};
use crate::catalog::is_language;
use crate::graphql::arguments::stated;
use crate::graphql::inputs::StepInput;
use crate::graphql::price::{CURATION, cost};
use crate::graphql::scalars::Date;
use crate::graphql::types::{Resource, ResourceKind};
use crate::graphql::user_errors::{apart, trimmed};
use crate::text::quoted;

/// A step that a resource teaches.
#[derive(InputObject)]
pub(crate) struct CoverageInput {
    /// The step.
    step: StepInput,
    /// How long this takes to read, watch or do, in hours.
    hours: f64,
    /// How far it alone brings a learner to the step's outcome, from 1, a pointer, to 5, all that it needs.
    #[graphql(default = 3)]
    fit: i32,
    /// The part of the resource that teaches it, such as a chapter.
    #[doc = stated!(short)]
    section: Option<String>,
}

/// Who confirmed an address, and when.
#[derive(InputObject)]
pub(crate) struct AttestationInput {
    /// The day.
    on: Date,
    /// Where the address was found: `page`, the page itself; or public documents that name it.
    #[doc = stated!(names)]
    by: Vec<String>,
}

/// A new resource, with what it teaches.
#[derive(InputObject)]
pub(crate) struct CreateResourceInput {
    /// The name in addresses and arguments.
    #[doc = stated!(slug)]
    slug: String,
    /// The name for people.
    #[doc = stated!(short)]
    title: String,
    /// What it is.
    kind: ResourceKind,
    /// Where it is: an http or https address.
    #[doc = stated!(url)]
    url: String,
    /// Its international standard book number, 13 digits.
    #[doc = stated!(short)]
    isbn: Option<String>,
    /// Its digital object identifier.
    #[doc = stated!(short)]
    doi: Option<String>,
    /// Its number on arXiv.
    #[doc = stated!(short)]
    arxiv: Option<String>,
    /// The number of a standard with its series, such as `RFC 9110`.
    #[doc = stated!(short)]
    standard: Option<String>,
    /// When and where its address was confirmed.
    attested: Option<AttestationInput>,
    /// Who made it.
    #[doc = stated!(names)]
    #[graphql(default)]
    authors: Vec<String>,
    /// Who publishes or offers it.
    #[doc = stated!(short)]
    provider: Option<String>,
    /// The year of the edition.
    year: Option<i32>,
    /// Its language, as BCP 47 writes it.
    #[doc = stated!(language)]
    #[graphql(default_with = "\"en\".to_owned()")]
    language: String,
    /// What it costs, in US dollars; 0 is free.
    #[graphql(default)]
    price: f64,
    /// The curators' judgement, from 1 to 5.
    #[graphql(default = 3)]
    quality: i32,
    /// The slugs of topics, one of which a learner knows or is going to learn; for everybody if empty.
    #[doc = stated!(aliases)]
    #[graphql(name = "for", default)]
    made_for: Vec<String>,
    /// The steps that it teaches.
    #[doc = stated!(covers)]
    covers: Vec<CoverageInput>,
    #[graphql(flatten)]
    terms: Terms,
}

/// Changes of a resource. What is not given stays.
#[derive(InputObject)]
pub(crate) struct UpdateResourceInput {
    /// Its slug.
    #[doc = stated!(slug)]
    slug: String,
    /// The former slugs that it is still found by. Those that are left out are taken away; none can be added, which is for renaming.
    #[doc = stated!(aliases)]
    aliases: Option<Vec<String>>,
    /// The name for people.
    #[doc = stated!(short)]
    title: Option<String>,
    /// What it is.
    kind: Option<ResourceKind>,
    /// Where it is: an http or https address.
    #[doc = stated!(url)]
    url: Option<String>,
    /// Its international standard book number, 13 digits; null takes it away.
    #[doc = stated!(short)]
    isbn: MaybeUndefined<String>,
    /// Its digital object identifier; null takes it away.
    #[doc = stated!(short)]
    doi: MaybeUndefined<String>,
    /// Its number on arXiv; null takes it away.
    #[doc = stated!(short)]
    arxiv: MaybeUndefined<String>,
    /// The number of a standard with its series; null takes it away.
    #[doc = stated!(short)]
    standard: MaybeUndefined<String>,
    /// When and where its address was confirmed; null takes it away.
    attested: MaybeUndefined<AttestationInput>,
    /// All who made it.
    #[doc = stated!(names)]
    authors: Option<Vec<String>>,
    /// Who publishes or offers it; null takes it away.
    #[doc = stated!(short)]
    provider: MaybeUndefined<String>,
    /// The year of the edition; null takes it away.
    year: MaybeUndefined<i32>,
    /// Its language, as BCP 47 writes it.
    #[doc = stated!(language)]
    language: Option<String>,
    /// What it costs, in US dollars; 0 is free.
    price: Option<f64>,
    /// The curators' judgement, from 1 to 5.
    quality: Option<i32>,
    /// The slugs of all topics, one of which a learner knows or is going to learn; for everybody if empty.
    #[doc = stated!(aliases)]
    #[graphql(name = "for")]
    made_for: Option<Vec<String>>,
    /// All steps that it teaches.
    #[doc = stated!(covers)]
    covers: Option<Vec<CoverageInput>>,
    #[graphql(flatten)]
    terms: Terms,
}

impl AttestationInput {
    fn attestation(&self, paths: &mut Paths, path: &str) -> source::Attestation {
        let by = self.by.iter().enumerate();
        let by = by.map(|(i, name)| paths.text(name, &format!("{path}.by[{i}]"), "name").into());
        source::Attestation { by: by.collect(), on: self.on.to_day() }
    }
}

fn covers(covers: &[CoverageInput], paths: &mut Paths, path: &str) -> Vec<CoverDraft> {
    let cover = |(i, cover): (usize, &CoverageInput)| {
        let path = format!("{path}[{i}]");
        CoverDraft {
            step: paths.step(&cover.step, &format!("{path}.step")),
            hours: paths.at(cover.hours, &format!("{path}.hours")),
            fit: paths.at(cover.fit.into(), &format!("{path}.fit")),
            section: trimmed(cover.section.as_deref()),
        }
    };
    covers.iter().enumerate().map(cover).collect()
}

fn authors(authors: &[String], paths: &mut Paths, path: &str) -> Vec<String> {
    let author = |(i, name): (usize, &String)| paths.text(name, &format!("{path}[{i}]"), "name");
    authors.iter().enumerate().map(author).collect()
}

fn language(language: &str, paths: &mut Paths, path: &str) -> String {
    if !is_language(language) {
        let language = quoted(language);
        let message = format!("{language} is no language tag: write one of BCP 47, such as en, de or pt-BR.");
        paths.errors.push(invalid(path, message));
    }
    language.to_owned()
}

impl Editing for CreateResourceInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        let at = |field: &str| format!("{path}.{field}");
        let name = |text: &Option<String>| trimmed(text.as_deref()).map(Into::into);
        let identifiers = Identifiers {
            isbn: name(&self.isbn),
            doi: name(&self.doi),
            arxiv: name(&self.arxiv),
            standard: name(&self.standard),
        };
        Edit::CreateResource(Box::new(ResourceDraft {
            slug: paths.slug(&self.slug, &at("slug")),
            aliases: Vec::new(),
            title: paths.text(&self.title, &at("title"), "title"),
            kind: self.kind.into(),
            url: paths.address(&self.url, &at("url")),
            identifiers,
            attested: self.attested.as_ref().map(|given| given.attestation(paths, &at("attested"))),
            authors: authors(&self.authors, paths, &at("authors")),
            provider: trimmed(self.provider.as_deref()),
            year: self.year,
            language: language(&self.language, paths, &at("language")),
            price: paths.at(self.price, &at("price")),
            quality: paths.at(self.quality.into(), &at("quality")),
            made_for: paths.slugs(&self.made_for, &at("for")),
            covers: covers(&self.covers, paths, &at("covers")),
        }))
    }
}

impl Editing for UpdateResourceInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        let at = |field: &str| format!("{path}.{field}");
        let attested = match &self.attested {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(given) => Some(Some(given.attestation(paths, &at("attested")))),
        };
        Edit::ChangeResource(Box::new(ResourceChange {
            slug: paths.slug(&self.slug, &at("slug")),
            aliases: paths.maybe_slugs(self.aliases.as_deref(), &at("aliases")),
            title: self.title.as_ref().map(|title| paths.text(title, &at("title"), "title")),
            kind: self.kind.map(Into::into),
            url: self.url.as_ref().map(|url| paths.address(url, &at("url"))),
            isbn: change(&self.isbn),
            doi: change(&self.doi),
            arxiv: change(&self.arxiv),
            standard: change(&self.standard),
            attested,
            authors: self.authors.as_ref().map(|all| authors(all, paths, &at("authors"))),
            provider: change(&self.provider),
            year: self.year.as_opt_ref().map(Option::<&i32>::copied),
            language: self.language.as_ref().map(|tag| language(tag, paths, &at("language"))),
            price: self.price.map(|price| paths.at(price, &at("price"))),
            quality: self.quality.map(|quality| paths.at(quality.into(), &at("quality"))),
            made_for: self.made_for.as_ref().map(|all| paths.slugs(all, &at("for"))),
            covers: self.covers.as_ref().map(|all| covers(all, paths, &at("covers"))),
        }))
    }
}

payloads! {
    /// What came of creating it.
    CreateResourcePayload {
        /// The resource; null where it is gone by now, for who asks a second time.
        resource: Resource
    }
    /// What came of changing it.
    UpdateResourcePayload {
        /// The resource.
        resource: Resource
    }
    /// What came of renaming it.
    RenameResourcePayload {
        /// The resource.
        resource: Resource
    }
    /// What came of retiring it.
    RetireResourcePayload {
        /// What has taken its place; null where nothing has.
        replacement: Resource
    }
}

#[derive(Default)]
pub(crate) struct ResourceEdits;

#[Object]
impl ResourceEdits {
    /// Creates a resource with what it teaches.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn create_resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is made of.")] input: CreateResourceInput,
    ) -> Option<Result<CreateResourcePayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(CreateResourcePayload::made(&made, made.resource(&[&input.slug])))
        });
        CreateResourcePayload::from(ctx, came.await)
    }

    /// Changes a resource.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn update_resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be otherwise.")] input: UpdateResourceInput,
    ) -> Option<Result<UpdateResourcePayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(UpdateResourcePayload::made(&made, made.resource(&[&input.slug])))
        });
        UpdateResourcePayload::from(ctx, came.await)
    }

    /// Gives a resource another slug. By the old one it is still found.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn rename_resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and its new slug.")] input: RenameResourceInput,
    ) -> Option<Result<RenameResourcePayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(RenameResourcePayload::made(&made, made.resource(&[&input.new_slug, &input.slug])))
        });
        RenameResourcePayload::from(ctx, came.await)
    }

    /// Retires a resource. By its slug the one that takes its place is found.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn retire_resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what takes its place.")] input: RetireResourceInput,
    ) -> Option<Result<RetireResourcePayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(RetireResourcePayload::made(
                &made,
                made.resource(&input.replacement.as_deref().into_iter().collect::<Vec<_>>()),
            ))
        });
        RetireResourcePayload::from(ctx, came.await)
    }
}
