//! The planner's quantities: whole numbers under the hood, so that sums are exact and equal inputs give equal plans.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};
use std::str::FromStr;

/// A level of proficiency in a topic. Whoever holds one holds every lower one that the topic defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Proficiency {
    /// Can explain what it is and recognise where it helps.
    Aware,
    /// Uses it day to day, with help in hard cases.
    Working,
    /// Handles hard cases alone and teaches others.
    Proficient,
    /// Sets the direction for others and knows the internals.
    Expert,
}

impl Proficiency {
    /// All levels, lowest first.
    pub const ALL: [Self; 4] = [Self::Aware, Self::Working, Self::Proficient, Self::Expert];

    /// The name in the file format and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aware => "AWARE",
            Self::Working => "WORKING",
            Self::Proficient => "PROFICIENT",
            Self::Expert => "EXPERT",
        }
    }
}

impl fmt::Display for Proficiency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Proficiency {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL.into_iter().find(|level| level.name() == text).ok_or(UnknownName)
    }
}

/// The text names none of the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownName;

/// What a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum ResourceKind {
    Book,
    Course,
    Tutorial,
    Documentation,
    Article,
    Paper,
    Specification,
    Video,
    Talk,
    Project,
    Exercise,
}

impl ResourceKind {
    /// All kinds, in the order of the file format.
    pub const ALL: [Self; 11] = [
        Self::Book,
        Self::Course,
        Self::Tutorial,
        Self::Documentation,
        Self::Article,
        Self::Paper,
        Self::Specification,
        Self::Video,
        Self::Talk,
        Self::Project,
        Self::Exercise,
    ];

    /// The name in the file format and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Book => "BOOK",
            Self::Course => "COURSE",
            Self::Tutorial => "TUTORIAL",
            Self::Documentation => "DOCUMENTATION",
            Self::Article => "ARTICLE",
            Self::Paper => "PAPER",
            Self::Specification => "SPECIFICATION",
            Self::Video => "VIDEO",
            Self::Talk => "TALK",
            Self::Project => "PROJECT",
            Self::Exercise => "EXERCISE",
        }
    }
}

impl fmt::Display for ResourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for ResourceKind {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or(UnknownName)
    }
}

/// Learning time in millionths of an hour. Sums saturate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours(u64);

impl Hours {
    /// No time.
    pub const ZERO: Self = Self(0);
    /// The longest that one step or coverage may take: 10⁹ hours.
    pub const LONGEST: Self = Self(1_000_000_000 * Self::SCALE);
    const SCALE: u64 = 1_000_000;

    /// The nearest representable time; `None` where it would be zero, negative, not a number or above [`Hours::LONGEST`].
    pub fn positive(hours: f64) -> Option<Self> {
        scaled(hours, Self::SCALE).map(Self).filter(|time| (Self(1)..=Self::LONGEST).contains(time))
    }

    /// From millionths of an hour.
    pub const fn from_millionths(millionths: u64) -> Self {
        Self(millionths)
    }

    /// In millionths of an hour.
    pub const fn millionths(self) -> u64 {
        self.0
    }

    /// So many times as long; saturates.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self(self.0.saturating_mul(u64::from(times)))
    }

    /// In hours.
    #[allow(clippy::cast_precision_loss)] // 2⁵³ millionths are a million years
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / Self::SCALE as f64
    }
}

impl Add for Hours {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Hours {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Hours {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Hours {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::ZERO, Self::add)
    }
}

/// An amount of US dollars, in cents. Sums saturate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price(u64);

impl Price {
    /// Free.
    pub const FREE: Self = Self(0);
    /// The most that a resource may cost: a million dollars.
    pub const HIGHEST: Self = Self(100_000_000);

    /// The nearest amount in whole cents; `None` where it is negative, not a number or above [`Price::HIGHEST`].
    pub fn from_dollars(dollars: f64) -> Option<Self> {
        if dollars < 0.0 {
            return None;
        }
        scaled(dollars, 100).map(Self).filter(|price| *price <= Self::HIGHEST)
    }

    /// From cents.
    pub const fn from_cents(cents: u64) -> Self {
        Self(cents)
    }

    /// In cents.
    pub const fn cents(self) -> u64 {
        self.0
    }

    /// In dollars.
    #[allow(clippy::cast_precision_loss)] // bounded by HIGHEST times the number of resources
    pub fn as_dollars(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl Add for Price {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Price {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::FREE, Self::add)
    }
}

/// `value × scale` rounded; `None` where it is not finite, below zero or does not fit.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // in range by the check
fn scaled(value: f64, scale: u64) -> Option<u64> {
    let product = (value * scale as f64).round();
    (product.is_finite() && (0.0..9.0e18).contains(&product)).then_some(product as u64)
}

/// A calendar day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day `days` later; saturates at the end of time.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        let day = i64::from(self.0).saturating_add(days);
        Self(i32::try_from(day).unwrap_or(if day > 0 { i32::MAX } else { i32::MIN }))
    }

    /// How many days later `self` is than `other`.
    pub fn since(self, other: Self) -> i64 {
        i64::from(self.0) - i64::from(other.0)
    }
}
