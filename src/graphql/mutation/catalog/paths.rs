//! From what a curator has entered to an edit whose values know the paths of the arguments that they come from.

use async_graphql::MaybeUndefined;
use waymark_planner::draft::{At, Origin};

use crate::catalog::edit::{Mistake, Optional, Wrong};
use crate::graphql::inputs::StepInput;
use crate::graphql::user_errors::{Text, UserError, UserErrorCode, trimmed};
use crate::learning::Name;

/// Another text, or none, where it is to be otherwise.
pub(super) fn change(text: &MaybeUndefined<String>) -> Optional<String> {
    text.as_opt_ref().map(|text| trimmed(text.map(String::as_str)))
}

/// The paths that origins stand for, and what is wrong already.
#[derive(Default)]
pub(super) struct Paths {
    /// Origin `n` is at `n - 1`.
    paths: Vec<String>,
    pub(super) errors: Vec<UserError>,
}

impl Paths {
    /// The origin that stands for a path.
    pub(super) fn origin(&mut self, path: &str) -> Origin {
        self.paths.push(path.to_owned());
        Origin(u32::try_from(self.paths.len()).unwrap_or(u32::MAX))
    }

    /// A value with its path.
    pub(super) fn at<T>(&mut self, value: T, path: &str) -> At<T> {
        At::new(value, self.origin(path))
    }

    /// A slug. What is no slug is said later.
    pub(super) fn slug(&mut self, slug: &str, path: &str) -> At<String> {
        let text = self.text(slug, path, "slug");
        self.at(text, path)
    }

    /// A slug, where one is given.
    pub(super) fn maybe_slug(&mut self, slug: Option<&str>, path: &str) -> Option<At<String>> {
        slug.map(|slug| self.slug(slug, path))
    }

    /// Several slugs, where they are given.
    pub(super) fn maybe_slugs(&mut self, slugs: Option<&[String]>, path: &str) -> Option<Vec<At<String>>> {
        slugs.map(|slugs| self.slugs(slugs, path))
    }

    /// Several slugs.
    pub(super) fn slugs(&mut self, slugs: &[String], path: &str) -> Vec<At<String>> {
        slugs.iter().enumerate().map(|(i, slug)| self.slug(slug, &format!("{path}[{i}]"))).collect()
    }

    /// Several texts.
    pub(super) fn texts(&mut self, texts: &[String], path: &str, what: &str) -> Vec<String> {
        texts.iter().enumerate().map(|(i, text)| self.text(text, &format!("{path}[{i}]"), what)).collect()
    }

    /// Several addresses. What is none is said later.
    pub(super) fn addresses(&mut self, urls: &[String], path: &str) -> Vec<At<String>> {
        urls.iter().enumerate().map(|(i, url)| self.address(url, &format!("{path}[{i}]"))).collect()
    }

    /// A step, in the form `topic@LEVEL`.
    pub(super) fn step(&mut self, step: &StepInput, path: &str) -> At<String> {
        let topic = self.text(&step.topic, &format!("{path}.topic"), "topic's slug");
        self.at(Name { topic, ..Name::from(step) }.to_string(), path)
    }

    /// Several steps.
    pub(super) fn steps(&mut self, steps: &[StepInput], path: &str) -> Vec<At<String>> {
        steps.iter().enumerate().map(|(i, step)| self.step(step, &format!("{path}[{i}]"))).collect()
    }

    /// A text that has to be there.
    pub(super) fn text(&mut self, text: &str, path: &str, what: &str) -> String {
        let checked = Text { path, what }.required(text);
        checked.map_err(|error| self.errors.push(error)).unwrap_or_default()
    }

    /// An address. What is none is said later.
    pub(super) fn address(&mut self, url: &str, path: &str) -> At<String> {
        let url = self.text(url, path, "address");
        self.at(url, path)
    }

    /// A mistake at the path of its value. What has none is about all of the input.
    pub(super) fn user_error(&self, mistake: &Mistake) -> UserError {
        let place = (mistake.origin.0 as usize).checked_sub(1).and_then(|place| self.paths.get(place));
        let code = match mistake.wrong {
            Wrong::Invalid => UserErrorCode::Invalid,
            Wrong::Missing => UserErrorCode::Required,
            Wrong::OutOfRange => UserErrorCode::OutOfRange,
            Wrong::Unknown => UserErrorCode::Unknown,
            Wrong::Duplicate => UserErrorCode::Duplicate,
            Wrong::InUse => UserErrorCode::InUse,
            Wrong::Cycle => UserErrorCode::Cycle,
        };
        let mut path = place.map_or("input", String::as_str).to_owned();
        path.extend(mistake.field.into_iter().flat_map(|field| [".", field]));
        UserError::new(&path, code, &*mistake.message).around(&mistake.circle)
    }
}
