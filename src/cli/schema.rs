//! `waymark schema`.

use super::{Failure, print};
use crate::graphql::Schema;

pub(super) fn run() -> Result<(), Failure> {
    print(&Schema::new().sdl())
}
