use proptest::prelude::*;

use super::*;
use crate::draft::CoverDraft;
use crate::request::Request;
use crate::{plan, testing};

#[test]
fn a_range_matches_its_tags_alone() {
    assert!(
        matches_language("en", "en") && matches_language("en", "en-GB") && matches_language("EN", "en-us")
    );
    assert!(
        !matches_language("en", "eng") && !matches_language("en-GB", "en") && matches_language("*", "fr")
    );
}

/// A resource's price in dollars and quality, and for each step that it covers hours and fit.
type Made = (u32, i64, Vec<Option<(u32, i64)>>);

/// Steps with resources that cover some of them, few enough to try every choice.
#[derive(Clone, Debug)]
struct Case {
    resources: Vec<Made>,
    budget: Option<u32>,
}

fn any_case() -> impl Strategy<Value = Case> {
    let cover = prop::option::weighted(0.6, (1u32..12, 1i64..6));
    let price = prop_oneof![Just(0u32), Just(0), 1u32..60];
    let resource = (price, 1i64..6, prop::collection::vec(cover, 4));
    (prop::collection::vec(resource, 1..8), prop::option::of(0u32..100))
        .prop_map(|(resources, budget)| Case { resources, budget })
}

impl Case {
    fn catalog(&self) -> Catalog {
        let mut draft = testing::draft("a@W:3 b@W:5 c@W:8 d@W:2");
        let names = ["a@WORKING", "b@WORKING", "c@WORKING", "d@WORKING"];
        for (at, (price, quality, covers)) in self.resources.iter().enumerate() {
            let mut made = testing::generator::generate(1, 1).resources.remove(0);
            made.slug = format!("r{at}").into();
            (made.price, made.quality) = (f64::from(*price).into(), (*quality).into());
            let covers = covers.iter().zip(names).filter_map(|(cover, name)| Some(((*cover)?, name)));
            made.covers = covers
                .map(|((hours, fit), name)| CoverDraft {
                    step: name.to_owned().into(),
                    hours: f64::from(hours).into(),
                    fit: fit.into(),
                    section: None,
                })
                .collect();
            draft.resources.push(made);
        }
        Catalog::new(draft).unwrap()
    }

    fn wishes(&self) -> ResourceWishes {
        let budget = self.budget.map(|dollars| Price::from_cents(u64::from(dollars) * 100));
        ResourceWishes { budget, ..ResourceWishes::default() }
    }

    /// The fewest uncovered steps, and then the least burden, of all sets of resources that may be bought.
    fn by_trying_all(&self, catalog: &Catalog) -> (usize, u128) {
        let (wishes, ids) = (self.wishes(), catalog.resources().ids().collect::<Vec<_>>());
        let choice = |bits: u32| {
            let bought: Vec<_> =
                ids.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, id)| *id).collect();
            let price: Price = bought.iter().map(|&id| catalog.resources()[id].price).sum();
            if self.budget.is_some() && wishes.budget.is_some_and(|budget| price > budget) {
                return None;
            }
            let opened: u128 = bought.iter().map(|&id| Burden::of_resource(catalog, id, &wishes)).sum();
            let best = |step| {
                let own = catalog.taught_by(step).iter();
                let own = own.filter(|&&cover| bought.contains(&catalog.coverages()[cover].resource));
                own.map(|&cover| Burden::of_coverage(catalog, cover, &wishes)).min()
            };
            let covered: Vec<_> = catalog.steps().ids().map(best).collect();
            let uncovered = covered.iter().filter(|best| best.is_none()).count();
            Some((uncovered, opened + covered.into_iter().flatten().sum::<u128>()))
        };
        (0..1u32 << ids.len()).filter_map(choice).min().unwrap()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_choice_is_the_one_of_trying_everything(case in any_case()) {
        let catalog = case.catalog();
        let request = Request { goals: catalog.steps().ids().collect(), ..testing::request(6.0) };
        let chosen = choose(&catalog, &plan(&catalog, request).unwrap(), &case.wishes(), &Meter::default());
        let (uncovered, burden) = case.by_trying_all(&catalog);
        prop_assert_eq!((chosen.uncovered.len(), chosen.burden.0), (uncovered, burden));
        prop_assert!(chosen.is_proven_minimal());
        if let Some(budget) = case.wishes().budget {
            prop_assert!(chosen.price <= budget);
        }
    }
}
