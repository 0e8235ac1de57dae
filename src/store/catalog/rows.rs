//! The catalogue as the rows of its tables: made of a catalogue, written, and read.

use sea_orm::{
    ActiveModelTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, Iterable, ModelTrait,
    QueryOrder,
};
use waymark_entity::{
    alias, alternative, area, author, coverage, requirement, resource, resource_topic, role, step, topic,
    topic_text, witness,
};
use waymark_planner::Catalog;
use waymark_planner::catalog::{Resource, Step};
use waymark_planner::ids::{EntryId, Id, ResourceId, RoleId, StepId};
use waymark_planner::units::Hours;

use crate::dates::to_date;

/// How many values one statement binds. SQLite takes 32766 and PostgreSQL 65535; larger statements than this are no faster.
const VALUES: usize = 8_192;

/// All rows of all tables of the catalogue.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) areas: Vec<area::Model>,
    pub(super) topics: Vec<topic::Model>,
    pub(super) topic_texts: Vec<topic_text::Model>,
    pub(super) steps: Vec<step::Model>,
    pub(super) roles: Vec<role::Model>,
    pub(super) requirements: Vec<requirement::Model>,
    pub(super) alternatives: Vec<alternative::Model>,
    pub(super) resources: Vec<resource::Model>,
    pub(super) authors: Vec<author::Model>,
    pub(super) witnesses: Vec<witness::Model>,
    pub(super) resource_topics: Vec<resource_topic::Model>,
    pub(super) coverages: Vec<coverage::Model>,
    pub(super) aliases: Vec<alias::Model>,
}

impl Rows {
    /// Deletes what is in the tables, each row after those that refer to it.
    pub(super) async fn delete(db: &DatabaseTransaction) -> Result<(), DbErr> {
        alias::Entity::delete_many().exec(db).await?;
        coverage::Entity::delete_many().exec(db).await?;
        resource_topic::Entity::delete_many().exec(db).await?;
        witness::Entity::delete_many().exec(db).await?;
        author::Entity::delete_many().exec(db).await?;
        resource::Entity::delete_many().exec(db).await?;
        alternative::Entity::delete_many().exec(db).await?;
        requirement::Entity::delete_many().exec(db).await?;
        role::Entity::delete_many().exec(db).await?;
        step::Entity::delete_many().exec(db).await?;
        topic_text::Entity::delete_many().exec(db).await?;
        topic::Entity::delete_many().exec(db).await?;
        area::Entity::delete_many().exec(db).await?;
        Ok(())
    }

    /// Fills the empty tables, each row after those that it refers to.
    pub(super) async fn insert(self, db: &DatabaseTransaction) -> Result<(), DbErr> {
        insert(db, self.areas).await?;
        insert(db, self.topics).await?;
        insert(db, self.topic_texts).await?;
        insert(db, self.steps).await?;
        insert(db, self.roles).await?;
        insert(db, self.requirements).await?;
        insert(db, self.alternatives).await?;
        insert(db, self.resources).await?;
        insert(db, self.authors).await?;
        insert(db, self.witnesses).await?;
        insert(db, self.resource_topics).await?;
        insert(db, self.coverages).await?;
        insert(db, self.aliases).await
    }

    /// Reads the tables, one statement each, in the order of their keys.
    pub(super) async fn read(db: &DatabaseTransaction) -> Result<Self, DbErr> {
        use waymark_entity::{
            alternative::Column as Alternative, author::Column as Author, coverage::Column as Coverage,
            resource_topic::Column as MadeFor, topic_text::Column as TopicText, witness::Column as Witness,
        };
        Ok(Self {
            areas: area::Entity::find().order_by_asc(area::Column::Id).all(db).await?,
            topics: topic::Entity::find().order_by_asc(topic::Column::Id).all(db).await?,
            topic_texts: topic_text::Entity::find()
                .order_by_asc(TopicText::TopicId)
                .order_by_asc(TopicText::Kind)
                .order_by_asc(TopicText::Position)
                .all(db)
                .await?,
            steps: step::Entity::find().order_by_asc(step::Column::Id).all(db).await?,
            roles: role::Entity::find().order_by_asc(role::Column::Id).all(db).await?,
            requirements: requirement::Entity::find().order_by_asc(requirement::Column::Id).all(db).await?,
            alternatives: alternative::Entity::find()
                .order_by_asc(Alternative::RequirementId)
                .order_by_asc(Alternative::StepId)
                .all(db)
                .await?,
            resources: resource::Entity::find().order_by_asc(resource::Column::Id).all(db).await?,
            authors: author::Entity::find()
                .order_by_asc(Author::ResourceId)
                .order_by_asc(Author::Position)
                .all(db)
                .await?,
            witnesses: witness::Entity::find()
                .order_by_asc(Witness::ResourceId)
                .order_by_asc(Witness::Position)
                .all(db)
                .await?,
            resource_topics: resource_topic::Entity::find()
                .order_by_asc(MadeFor::ResourceId)
                .order_by_asc(MadeFor::TopicId)
                .all(db)
                .await?,
            coverages: coverage::Entity::find()
                .order_by_asc(Coverage::ResourceId)
                .order_by_asc(Coverage::StepId)
                .all(db)
                .await?,
            aliases: alias::Entity::find()
                .order_by_asc(alias::Column::Kind)
                .order_by_asc(alias::Column::Name)
                .all(db)
                .await?,
        })
    }
}

/// Inserts rows, in as few statements as there may be.
pub(in crate::store) async fn insert<M>(db: &DatabaseTransaction, rows: Vec<M>) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    let columns = <M::Entity as EntityTrait>::Column::iter().count();
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model).peekable();
    while rows.peek().is_some() {
        let batch = rows.by_ref().take(VALUES / columns);
        M::Entity::insert_many(batch).exec_without_returning(db).await?;
    }
    Ok(())
}

impl From<&Catalog> for Rows {
    fn from(catalog: &Catalog) -> Self {
        let mut rows = Self::default();
        rows.push_areas_and_topics(catalog);
        for step in catalog.steps().ids() {
            rows.push_step(catalog, step);
        }
        for role in catalog.roles().ids() {
            rows.push_role(catalog, role);
        }
        for resource in catalog.resources().ids() {
            rows.push_resource(catalog, resource);
        }
        rows.push_aliases(catalog);
        rows
    }
}

/// Who asks for something.
#[derive(Clone, Copy)]
enum Owner {
    Step(StepId),
    Role(RoleId),
}

impl Rows {
    fn push_areas_and_topics(&mut self, catalog: &Catalog) {
        for (id, topic) in catalog.topics().ids().zip(catalog.topics()) {
            self.push_topic_texts(key(id), topic_text::NAME, &topic.names);
            self.push_topic_texts(key(id), topic_text::LINK, &topic.links);
        }
        self.areas.extend(catalog.areas().ids().zip(catalog.areas()).map(|(id, area)| area::Model {
            id: key(id),
            slug: area.slug.to_string(),
            title: area.title.to_string(),
            summary: text(area.summary.as_deref()),
        }));
        self.topics.extend(catalog.topics().ids().zip(catalog.topics()).map(|(id, topic)| topic::Model {
            id: key(id),
            area_id: key(topic.area),
            slug: topic.slug.to_string(),
            title: topic.title.to_string(),
            summary: topic.summary.to_string(),
            elective: text(topic.elective.as_deref()),
            popularity: topic.popularity.into(),
        }));
    }

    fn push_topic_texts(&mut self, topic_id: i32, kind: &str, texts: &[Box<str>]) {
        self.topic_texts.extend((0..).zip(texts).map(|(position, text)| topic_text::Model {
            topic_id,
            kind: kind.to_owned(),
            position,
            text: text.to_string(),
        }));
    }

    fn push_step(&mut self, catalog: &Catalog, id: StepId) {
        let Step { topic, level, hours, ref outcome, ref practice, lower, .. } = catalog.steps()[id];
        self.steps.push(step::Model {
            id: key(id),
            topic_id: key(topic),
            level: level.name().to_owned(),
            hours_millionths: millionths(hours),
            outcome: outcome.to_string(),
            practice: text(practice.as_deref()),
        });
        // The next lower level comes first and is implied.
        let written = catalog.requires(id).skip(usize::from(lower.is_some()));
        self.push_requirements(catalog, Owner::Step(id), requirement::REQUIRED, written);
        self.push_requirements(catalog, Owner::Step(id), requirement::RECOMMENDED, catalog.recommends(id));
    }

    fn push_role(&mut self, catalog: &Catalog, id: RoleId) {
        let role = &catalog.roles()[id];
        self.roles.push(role::Model {
            id: key(id),
            after_id: role.after.map(key),
            slug: role.slug.to_string(),
            title: role.title.to_string(),
            summary: role.summary.to_string(),
        });
        self.push_requirements(catalog, Owner::Role(id), requirement::REQUIRED, catalog.role_requires(id));
    }

    fn push_requirements(
        &mut self,
        catalog: &Catalog,
        owner: Owner,
        strength: &str,
        entries: impl Iterator<Item = EntryId>,
    ) {
        let (step_id, role_id) = match owner {
            Owner::Step(step) => (Some(key(step)), None),
            Owner::Role(role) => (None, Some(key(role))),
        };
        for (position, entry) in (0..).zip(entries) {
            let any_of = catalog.any_of(entry).iter();
            self.alternatives.extend(
                any_of.map(|&step| alternative::Model { requirement_id: key(entry), step_id: key(step) }),
            );
            self.requirements.push(requirement::Model {
                id: key(entry),
                step_id,
                role_id,
                strength: strength.to_owned(),
                weight: catalog.weight(entry).into(),
                position,
                reason: catalog.reason(entry).map(str::to_owned),
            });
        }
    }

    fn push_resource(&mut self, catalog: &Catalog, id: ResourceId) {
        let resource = &catalog.resources()[id];
        let Resource { kind, year, price, quality, ref identifiers, ref attested, .. } = *resource;
        self.resources.push(resource::Model {
            id: key(id),
            slug: resource.slug.to_string(),
            title: resource.title.to_string(),
            kind: kind.name().to_owned(),
            url: resource.url.to_string(),
            isbn: text(identifiers.isbn.as_deref()),
            doi: text(identifiers.doi.as_deref()),
            arxiv: text(identifiers.arxiv.as_deref()),
            standard: text(identifiers.standard.as_deref()),
            attested_on: attested.as_ref().map(|attested| to_date(attested.on).to_string()),
            provider: text(resource.provider.as_deref()),
            year,
            language: resource.language.to_string(),
            price_cents: price.cents().try_into().unwrap_or(i64::MAX),
            quality: quality.into(),
        });
        let authors = (0..).zip(&resource.authors);
        self.authors.extend(authors.map(|(position, name)| author::Model {
            resource_id: key(id),
            position,
            name: name.to_string(),
        }));
        let witnesses = (0..).zip(attested.iter().flat_map(|attested| &attested.by));
        self.witnesses.extend(witnesses.map(|(position, name)| witness::Model {
            resource_id: key(id),
            position,
            name: name.to_string(),
        }));
        let made_for = resource.made_for.iter();
        self.resource_topics.extend(
            made_for.map(|&topic| resource_topic::Model { resource_id: key(id), topic_id: key(topic) }),
        );
        let coverages = catalog.covers(id).map(|coverage| &catalog.coverages()[coverage]);
        self.coverages.extend(coverages.map(|coverage| coverage::Model {
            resource_id: key(id),
            step_id: key(coverage.step),
            hours_millionths: millionths(coverage.hours),
            fit: coverage.fit.into(),
            section: text(coverage.section.as_deref()),
        }));
    }
}

impl Rows {
    fn push_aliases(&mut self, catalog: &Catalog) {
        let mut push = |kind: &str, target_id: i32, names: &[Box<str>]| {
            let row = |name: &str| alias::Model { kind: kind.to_owned(), name: name.to_owned(), target_id };
            self.aliases.extend(names.iter().map(|name| row(name)));
        };
        for (id, area) in catalog.areas().ids().zip(catalog.areas()) {
            push(alias::AREA, key(id), &area.aliases);
        }
        for (id, topic) in catalog.topics().ids().zip(catalog.topics()) {
            push(alias::TOPIC, key(id), &topic.aliases);
        }
        for (id, step) in catalog.steps().ids().zip(catalog.steps()) {
            push(alias::STEP, key(id), &step.aliases);
        }
        for (id, role) in catalog.roles().ids().zip(catalog.roles()) {
            push(alias::ROLE, key(id), &role.aliases);
        }
        for (id, resource) in catalog.resources().ids().zip(catalog.resources()) {
            push(alias::RESOURCE, key(id), &resource.aliases);
        }
    }
}

/// The place in the arena. Beyond what fits the keys would repeat, and the database refuse them.
fn key(id: impl Id) -> i32 {
    id.index().try_into().unwrap_or(i32::MAX)
}

/// Fits: the longest is a thousandth of the largest number.
fn millionths(hours: Hours) -> i64 {
    hours.millionths().try_into().unwrap_or(i64::MAX)
}

fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}
