//! What a catalogue should be beyond being valid: complete, plausible, fair to every stack that its roles offer, and with sources that
//! can be trusted.
//!
//! That each step can be reached from nothing needs no rule: every requirement names a step that exists, and the graph has no cycle.

mod addresses;
mod choices;
mod fit;
mod identifiers;
mod learners;
mod resources;
mod steps;

use std::fmt;
use std::ops::RangeInclusive;

use waymark_planner::Catalog;

use self::learners::learners;
use super::diagnostics::Diagnostic;
use super::places::Places;

/// A rule that a catalogue should follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Texts of a good length, sane hours, every step in use, two resources for each, addresses that somebody has confirmed.
    Basics,
    /// Every step has resources that bring a learner to its outcome, one of them free.
    Fit,
    /// Every step from WORKING up says what to practise.
    Practice,
    /// A fitting resource for every learner of a step, whatever stack they have chosen.
    Stacks,
    /// The alternatives of a role's requirement are substitutes for each other.
    Substitutes,
    /// Nobody has to learn a second one of what a role lets them choose between.
    SecondChoice,
    /// No address of documentation is only its entrance.
    Addresses,
}

impl Rule {
    /// Its name beside a finding.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Fit => "fit",
            Self::Practice => "practice",
            Self::Stacks => "stacks",
            Self::Substitutes => "substitutes",
            Self::SecondChoice => "second-choice",
            Self::Addresses => "addresses",
        }
    }
}

/// Something that falls short of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What it is, and where.
    pub diagnostic: Diagnostic,
    /// The rule.
    pub rule: Rule,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.diagnostic, self.rule.name())
    }
}

/// Everything that falls short, ordered by file and line.
pub fn findings(catalog: &Catalog, places: &Places) -> Vec<Finding> {
    let learners = learners(catalog);
    let by_rule = [
        (Rule::Basics, steps::findings(catalog, places)),
        (Rule::Basics, resources::findings(catalog, places)),
        (Rule::Fit, fit::unfit(catalog, places)),
        (Rule::Practice, steps::without_practice(catalog, places)),
        (Rule::Stacks, fit::stacks(catalog, places, &learners)),
        (Rule::Substitutes, choices::substitutes(catalog, places)),
        (Rule::SecondChoice, choices::second(catalog, places, &learners)),
        (Rule::Addresses, addresses::findings(catalog, places)),
    ];
    let tagged = |(rule, found): (Rule, Vec<Diagnostic>)| {
        found.into_iter().map(move |diagnostic| Finding { diagnostic, rule })
    };
    let mut findings: Vec<_> = by_rule.into_iter().flat_map(tagged).collect();
    findings.sort();
    findings
}

/// Says so where a text is too short or too long, in characters.
fn length(what: &str, text: &str, sane: &RangeInclusive<usize>) -> Option<String> {
    let length = text.chars().count();
    (!sane.contains(&length)).then(|| {
        let (least, most) = (sane.start(), sane.end());
        format!("{what} has {length} characters: {least} to {most} read well")
    })
}

/// `a, b, c and 4 more`: some names, and how many more there are.
fn several(names: &[&str]) -> String {
    const SAID: usize = 4;
    let said = names.iter().take(SAID).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SAID) {
        0 => said,
        more => format!("{said} and {more} more"),
    }
}
