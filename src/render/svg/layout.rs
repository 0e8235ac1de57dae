//! Where everything stands: milestones from left to right, each a band of columns of cards in the order of the steps.

use waymark_planner::Roadmap;

/// Cards in a column: a longer milestone takes several.
const MOST_IN_COLUMN: usize = 12;

pub(super) const CARD: (f64, f64) = (228.0, 66.0);
/// Between the cards of a column.
const ROW_GAP: f64 = 14.0;
/// Between columns: room for the curves.
pub(super) const GUTTER: f64 = 52.0;
/// Between milestones.
const BAND_GAP: f64 = 28.0;
pub(super) const MARGIN: f64 = 32.0;
/// The title and what is said below it.
const HEAD: f64 = 92.0;
/// A milestone's title, and what is said below it.
const BAND_HEAD: f64 = 66.0;
const BAND_FOOT: f64 = 18.0;
/// What the marks mean.
const LEGEND: f64 = 56.0;
/// Wide enough for the title of a roadmap with one column.
const LEAST_WIDTH: f64 = 720.0;

/// A rectangle by its left upper corner, its width and its height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Box {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The places of a drawing.
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    /// For each milestone.
    pub(super) bands: Vec<Box>,
    /// For each step.
    pub(super) cards: Vec<Box>,
    /// For each step the number of its column, counted over all milestones.
    pub(super) columns: Vec<usize>,
}

impl Layout {
    pub(super) fn new(roadmap: &Roadmap) -> Self {
        let tallest =
            roadmap.milestones.iter().map(|milestone| rows(milestone.steps.len())).max().unwrap_or(0);
        let inner = number(tallest) * (CARD.1 + ROW_GAP);
        let band_height = BAND_HEAD + inner + BAND_FOOT - ROW_GAP;
        let mut layout =
            Self { width: MARGIN, height: 0.0, bands: Vec::new(), cards: Vec::new(), columns: Vec::new() };
        let mut placed: Vec<(usize, Box, usize)> = Vec::with_capacity(roadmap.steps.len());
        let mut column = 0;
        for milestone in &roadmap.milestones {
            let count = milestone.steps.len();
            let columns = count.div_ceil(MOST_IN_COLUMN);
            let left = layout.width;
            let width = number(columns) * (CARD.0 + GUTTER) + GUTTER / 2.0;
            layout.bands.push(Box { x: left, y: HEAD, width, height: band_height });
            for (place, &position) in milestone.steps.iter().enumerate() {
                let (across, down) = (place / rows(count), place % rows(count));
                let card = Box {
                    x: left + GUTTER * 0.75 + number(across) * (CARD.0 + GUTTER),
                    y: HEAD + BAND_HEAD + number(down) * (CARD.1 + ROW_GAP),
                    width: CARD.0,
                    height: CARD.1,
                };
                placed.push((position, card, column + across));
            }
            column += columns;
            layout.width += width + BAND_GAP;
        }
        placed.sort_unstable_by_key(|(position, ..)| *position);
        (layout.cards, layout.columns) = placed.into_iter().map(|(_, card, column)| (card, column)).unzip();
        layout.width = (layout.width - BAND_GAP + MARGIN).max(LEAST_WIDTH);
        layout.height = if layout.bands.is_empty() { HEAD } else { HEAD + band_height + LEGEND };
        layout
    }

    /// The curve from a step to one that needs it: across the gutter, or down it inside a column.
    pub(super) fn curve(&self, from: usize, to: usize) -> String {
        let (a, b) = (self.cards[from], self.cards[to]);
        let (start, end) = (a.y + a.height / 2.0, b.y + b.height / 2.0);
        if self.columns[from] == self.columns[to] {
            // The longer the way, the further out, so that the curves stay apart.
            let out = a.x - (10.0 + (end - start) / 40.0).min(GUTTER * 0.6);
            return format!(
                "M{:.0} {start:.0}C{out:.0} {start:.0} {out:.0} {end:.0} {:.0} {end:.0}",
                a.x, b.x
            );
        }
        let left = a.x + a.width;
        let bend = ((b.x - left) / 2.0).min(GUTTER);
        format!(
            "M{left:.0} {start:.0}C{:.0} {start:.0} {:.0} {end:.0} {:.0} {end:.0}",
            left + bend,
            b.x - bend,
            b.x
        )
    }
}

/// The columns of a milestone are of one height, but for the last.
fn rows(count: usize) -> usize {
    if count == 0 { 0 } else { count.div_ceil(count.div_ceil(MOST_IN_COLUMN)) }
}

#[allow(clippy::cast_precision_loss)] // a handful of columns and rows
pub(super) fn number(count: usize) -> f64 {
    count as f64
}
