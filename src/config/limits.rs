//! How much one request may ask for.

use clap::Args;

/// The most that a request may ask for. Beyond it the answer is `QUERY_TOO_COSTLY`, with the limit and the request's figure.
#[derive(Args, Clone, Debug)]
pub struct Limits {
    /// The most tokens of a document
    #[arg(long = "limit-tokens", env = "WAYMARK_LIMIT_TOKENS", value_name = "N", default_value_t = Limits::USUAL.tokens)]
    pub tokens: u64,
    /// The most brackets that are open at once, and fragments one inside the other
    #[arg(long = "limit-nesting", env = "WAYMARK_LIMIT_NESTING", value_name = "N", default_value_t = Limits::USUAL.nesting)]
    pub nesting: u64,
    /// The most fields one inside the other
    #[arg(long = "limit-depth", env = "WAYMARK_LIMIT_DEPTH", value_name = "N", default_value_t = Limits::USUAL.depth)]
    pub depth: u64,
    /// The most fields of all operations, each as often as it is spread
    #[arg(long = "limit-fields", env = "WAYMARK_LIMIT_FIELDS", value_name = "N", default_value_t = Limits::USUAL.fields)]
    pub fields: u64,
    /// The most fields of the operation itself
    #[arg(
        long = "limit-root-fields",
        env = "WAYMARK_LIMIT_ROOT_FIELDS",
        value_name = "N",
        default_value_t = Limits::USUAL.root_fields
    )]
    pub root_fields: u64,
    /// The most aliases, each as often as it is spread
    #[arg(long = "limit-aliases", env = "WAYMARK_LIMIT_ALIASES", value_name = "N", default_value_t = Limits::USUAL.aliases)]
    pub aliases: u64,
    /// The most directives, each as often as it is spread
    #[arg(
        long = "limit-directives",
        env = "WAYMARK_LIMIT_DIRECTIVES",
        value_name = "N",
        default_value_t = Limits::USUAL.directives
    )]
    pub directives: u64,
    /// The most fragments of all operations, inline or by name, each as often as it is spread
    #[arg(
        long = "limit-fragments",
        env = "WAYMARK_LIMIT_FRAGMENTS",
        value_name = "N",
        default_value_t = Limits::USUAL.fragments
    )]
    pub fragments: u64,
    /// The most values in arguments of all operations, those in lists and objects included, each as often as it is spread
    #[arg(long = "limit-values", env = "WAYMARK_LIMIT_VALUES", value_name = "N", default_value_t = Limits::USUAL.values)]
    pub values: u64,
    /// The most units of cost: fields weighed by their lists and by what computing them takes
    #[arg(long = "limit-cost", env = "WAYMARK_LIMIT_COST", value_name = "N", default_value_t = Limits::USUAL.cost)]
    pub cost: u64,
    /// The most bytes of an answer, before it is compressed
    #[arg(long = "limit-answer", env = "WAYMARK_LIMIT_ANSWER", value_name = "BYTES", default_value_t = Limits::USUAL.answer)]
    pub answer: usize,
}

impl Limits {
    /// What is answered where nothing is set.
    const USUAL: Self = Self {
        tokens: 4_000,
        nesting: 64,
        depth: 24,
        fields: 4_000,
        root_fields: 50,
        aliases: 100,
        directives: 100,
        fragments: 2_000,
        values: 8_000,
        cost: 1_000_000,
        answer: 8 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::USUAL
    }
}
