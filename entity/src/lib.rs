//! The tables of Waymark, one file each.
//!
//! The catalogue's keys are plain numbers that the importer assigns, since its content is replaced as a whole. Nothing outside the
//! catalogue may hold on to them: slugs and levels are what stays.
//!
//! What learners own has keys that the application makes, with the learner's first.

pub mod alias;
pub mod alternative;
pub mod area;
pub mod author;
pub mod coverage;
pub mod credential;
pub mod former_identity;
pub mod learner;
pub mod link;
pub mod outbox;
pub mod owner;
pub mod rate;
pub mod rating;
pub mod request;
pub mod requirement;
pub mod resource;
pub mod resource_topic;
pub mod revision;
pub mod roadmap;
pub mod roadmap_version;
pub mod role;
pub mod server_key;
pub mod skill;
pub mod step;
pub mod step_state;
pub mod study;
pub mod study_step;
pub mod study_week;
pub mod topic;
pub mod topic_text;
pub mod witness;
