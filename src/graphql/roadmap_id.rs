//! Ids of computed roadmaps: the question itself in a short form, so that any server can answer it again and none has to remember it.
//!
//! A question names steps, topics and roles by keys of their names ([`NameKey`]), so an id is as long as its lists and survives every
//! import. All lists are ascending and have nothing twice: the same question has the same id.

use async_graphql::ID;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use waymark_planner::units::{Day, Hours, Price, ResourceKind};
use waymark_planner::{Catalog, Effort, MOST_HOURS_PER_WEEK, Pace, Request, ResourceWishes};

use crate::catalog::{NameKey, Snapshot, is_language, name_key};

/// What an id of a roadmap begins with. The number is the version of the form.
const KIND: &[u8] = b"Roadmap:1:";
/// The longest id that names a roadmap, in characters: more than any input takes.
const LONGEST: usize = 40_000;
/// The most languages of an input.
const MOST_LANGUAGES: u64 = 20;
/// How many bytes of a digest a step's id has of its roadmap's.
const DIGEST: usize = 16;

/// The question that a roadmap answers, by names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Question {
    from: Option<NameKey>,
    to: Option<NameKey>,
    /// Goals, skills, gaps, what has been begun, and what is to be early.
    steps: [Vec<NameKey>; 5],
    /// Topics to prefer, and to avoid.
    topics: [Vec<NameKey>; 2],
    hours_per_week: u64,
    start: Day,
    finish_by: Option<Day>,
    pauses: Vec<(Day, Day)>,
    wishes: Option<Wishes>,
}

/// Wishes for resources that are not the usual ones.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wishes {
    languages: Vec<String>,
    free_only: bool,
    prefer_kinds: Vec<NameKey>,
    exclude_kinds: Vec<NameKey>,
    budget: Option<u64>,
    hour_value: u64,
}

/// The global id of the roadmap that answers a question.
pub(crate) fn encode(catalog: &Catalog, request: &Request, wishes: &ResourceWishes) -> ID {
    let bytes = Question::of(catalog, request, wishes).written();
    let id = URL_SAFE_NO_PAD.encode(&bytes);
    if id.len() <= LONGEST {
        return id.into();
    }
    // It stays an id of its own, but names nothing.
    URL_SAFE_NO_PAD.encode([KIND, &Sha256::digest(&bytes)].concat()).into()
}

/// The question of a global id; `None` if it is no id of a roadmap, or names something that is not there any more.
pub(crate) fn decode(id: &ID, snapshot: &Snapshot, effort: Effort) -> Option<(Request, ResourceWishes)> {
    let bytes = URL_SAFE_NO_PAD.decode(id.as_bytes()).ok().filter(|_| id.len() <= LONGEST)?;
    Question::read(&bytes)?.asked(snapshot, effort)
}

/// The global id of a step of a roadmap.
pub(crate) fn of_step(roadmap: &ID, name: &str) -> ID {
    let digest = Sha256::digest(roadmap.as_bytes());
    URL_SAFE_NO_PAD.encode([b"RoadmapStep:", &digest[..DIGEST], name.as_bytes()].concat()).into()
}

impl Question {
    fn of(catalog: &Catalog, request: &Request, wishes: &ResourceWishes) -> Self {
        let role = |id| name_key("role", &catalog.roles()[id].slug);
        let steps = |ids: &[_]| ascending(ids.iter().map(|&id| name_key("step", &catalog.step_name(id))));
        let topics =
            |ids: &[_]| ascending(ids.iter().map(|&id| name_key("topic", &catalog.topics()[id].slug)));
        let Request { from, to, goals, skills, gaps, begun, early, prefer, avoid, pace, effort: _ } = request;
        Self {
            from: from.map(role),
            to: to.map(role),
            steps: [goals, skills, gaps, begun, early].map(|ids| steps(ids)),
            topics: [prefer, avoid].map(|ids| topics(ids)),
            hours_per_week: pace.hours_per_week.millionths(),
            start: pace.start,
            finish_by: pace.finish_by,
            pauses: ascending(pace.pauses.iter().copied()),
            wishes: (*wishes != ResourceWishes::default()).then(|| Wishes::of(wishes)),
        }
    }

    fn asked(self, snapshot: &Snapshot, effort: Effort) -> Option<(Request, ResourceWishes)> {
        let keys = snapshot.keys();
        let role = |key: Option<NameKey>| key.map_or(Some(None), |key| keys.role(&key).map(Some));
        let steps = |list: &[NameKey]| list.iter().map(|key| keys.step(key)).collect::<Option<Vec<_>>>();
        let topics = |list: &[NameKey]| list.iter().map(|key| keys.topic(key)).collect::<Option<Vec<_>>>();
        let [goals, skills, gaps, begun, early] = &self.steps;
        let [prefer, avoid] = &self.topics;
        let hours_per_week = Hours::from_millionths(self.hours_per_week);
        let is_sane = (self.to.is_some() || !goals.is_empty())
            && self.hours_per_week > 0
            && hours_per_week <= MOST_HOURS_PER_WEEK
            && self.finish_by.is_none_or(|last| last >= self.start)
            && self.pauses.iter().all(|(from, to)| from <= to);
        let pace = Pace { hours_per_week, start: self.start, finish_by: self.finish_by, pauses: self.pauses };
        let request = Request {
            from: role(self.from)?,
            to: role(self.to)?,
            goals: steps(goals)?,
            skills: steps(skills)?,
            gaps: steps(gaps)?,
            begun: steps(begun)?,
            early: steps(early)?,
            prefer: topics(prefer)?,
            avoid: topics(avoid)?,
            effort,
            ..Request::new(pace)
        };
        let wishes = self.wishes.map_or_else(|| Some(ResourceWishes::default()), Wishes::meant)?;
        is_sane.then(|| (request.normalised(), wishes))
    }

    fn written(&self) -> Vec<u8> {
        let mut out = Writer(KIND.to_vec());
        for role in [&self.from, &self.to] {
            out.keys(role.as_slice());
        }
        self.steps.iter().chain(&self.topics).for_each(|keys| out.keys(keys));
        out.number(self.hours_per_week);
        out.day(self.start);
        out.list(self.finish_by.as_slice(), |out, day| out.day(*day));
        out.list(&self.pauses, |out, (from, to)| {
            out.day(*from);
            out.day(*to);
        });
        out.list(self.wishes.as_slice(), |out, wishes| wishes.write(out));
        out.0
    }

    /// `None` for anything that would not be written so.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut input = Reader(bytes.strip_prefix(KIND)?);
        let input = &mut input;
        let question = Self {
            from: input.optional(Reader::key)?,
            to: input.optional(Reader::key)?,
            steps: [input.keys()?, input.keys()?, input.keys()?, input.keys()?, input.keys()?],
            topics: [input.keys()?, input.keys()?],
            hours_per_week: input.number()?,
            start: input.day()?,
            finish_by: input.optional(Reader::day)?,
            pauses: input.list(|input| Some((input.day()?, input.day()?)))?,
            wishes: input.optional(Wishes::read)?,
        };
        (question.written() == bytes && question.is_ascending()).then_some(question)
    }

    fn is_ascending(&self) -> bool {
        self.steps.iter().chain(&self.topics).all(|keys| keys.is_sorted_by(|a, b| a < b))
            && self.pauses.is_sorted_by(|a, b| a < b)
    }
}

impl Wishes {
    fn of(wishes: &ResourceWishes) -> Self {
        let ResourceWishes { languages, free_only, prefer_kinds, exclude_kinds, budget, hour_value } = wishes;
        let kinds =
            |kinds: &[ResourceKind]| ascending(kinds.iter().map(|kind| name_key("kind", kind.name())));
        Self {
            languages: ascending(languages.iter().cloned()),
            free_only: *free_only,
            prefer_kinds: kinds(prefer_kinds),
            exclude_kinds: kinds(exclude_kinds),
            budget: budget.map(Price::cents),
            hour_value: hour_value.cents(),
        }
    }

    fn meant(self) -> Option<ResourceWishes> {
        let kind =
            |key: &NameKey| ResourceKind::ALL.into_iter().find(|kind| name_key("kind", kind.name()) == *key);
        let kinds = |keys: &[NameKey]| keys.iter().map(kind).collect::<Option<Vec<_>>>();
        let price = |cents: u64| {
            let price = Price::from_cents(cents);
            Price::from_dollars(price.as_dollars()).filter(|same| *same == price)
        };
        let is_named = |tag: &String| tag == "*" || is_language(tag);
        let is_sane = !self.languages.is_empty() && self.languages.iter().all(is_named);
        let wishes = ResourceWishes {
            free_only: self.free_only,
            prefer_kinds: kinds(&self.prefer_kinds)?,
            exclude_kinds: kinds(&self.exclude_kinds)?,
            budget: self.budget.map_or(Some(None), |cents| price(cents).map(Some))?,
            hour_value: price(self.hour_value).filter(|value| *value > Price::FREE)?,
            languages: self.languages,
        };
        is_sane.then_some(wishes)
    }

    fn write(&self, out: &mut Writer) {
        out.list(&self.languages, |out, language| {
            out.list(language.as_bytes(), |out, byte| out.0.push(*byte));
        });
        out.number(self.free_only.into());
        out.keys(&self.prefer_kinds);
        out.keys(&self.exclude_kinds);
        out.list(self.budget.as_slice(), |out, cents| out.number(*cents));
        out.number(self.hour_value);
    }

    fn read(input: &mut Reader<'_>) -> Option<Self> {
        let languages: Vec<String> = input.list(Reader::text)?;
        let wishes = Self {
            languages,
            free_only: input.number()? == 1,
            prefer_kinds: input.keys()?,
            exclude_kinds: input.keys()?,
            budget: input.optional(Reader::number)?,
            hour_value: input.number()?,
        };
        (wishes.languages.len() as u64 <= MOST_LANGUAGES).then_some(wishes)
    }
}

/// Numbers in groups of seven bits, lists after their lengths.
struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.0.push(number.to_le_bytes()[0]);
    }

    /// Few days are before 1970.
    fn day(&mut self, day: Day) {
        let far = i64::from(day.0);
        self.number(2 * far.unsigned_abs() - u64::from(far < 0));
    }

    fn list<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.number(items.len() as u64);
        for item in items {
            write(self, item);
        }
    }

    fn keys(&mut self, keys: &[NameKey]) {
        self.list(keys, |out, key| out.0.extend_from_slice(key));
    }
}

/// Reads what a [`Writer`] wrote; `None` where the bytes end too early.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn day(&mut self) -> Option<Day> {
        let number = self.number()?;
        let far = i64::try_from(number / 2 + number % 2).ok()?;
        i32::try_from(if number % 2 == 1 { -far } else { far }).ok().map(Day)
    }

    fn key(&mut self) -> Option<NameKey> {
        let (key, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*key)
    }

    fn text(&mut self) -> Option<String> {
        String::from_utf8(self.list(Self::byte)?).ok()
    }

    fn keys(&mut self) -> Option<Vec<NameKey>> {
        self.list(Self::key)
    }

    /// A list grows as it is read: its length is what somebody says.
    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.number()?;
        (0..length).map(|_| read(self)).collect()
    }

    #[allow(clippy::option_option)] // what may be absent, where it can be read
    fn optional<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.number()? {
            0 => Some(None),
            1 => read(self).map(Some),
            _ => None,
        }
    }
}

/// Each once, in ascending order.
fn ascending<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

#[cfg(test)]
mod tests;
