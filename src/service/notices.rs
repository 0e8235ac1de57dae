//! Tells those who follow a learner that something of the learner's has changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use uuid::Uuid;

/// Who follows whom. A clone is another handle to the same.
///
/// Nothing is said but that there is something new: whoever follows looks for itself, when it has time, so nothing is kept for who is slow.
#[derive(Clone, Debug, Default)]
pub struct Notices(Arc<Mutex<HashMap<Uuid, watch::Sender<()>>>>);

impl Notices {
    /// Follows a learner from now on.
    pub fn follow(&self, learner: Uuid) -> watch::Receiver<()> {
        let mut followed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Those whom nobody follows any more make room when somebody comes.
        followed.retain(|_, sender| sender.receiver_count() > 0);
        followed.entry(learner).or_default().subscribe()
    }

    /// Whether anybody follows anybody.
    pub fn is_followed(&self) -> bool {
        let followed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        followed.values().any(|sender| sender.receiver_count() > 0)
    }

    /// Says that anything may have changed, where what has can't be told.
    pub fn tell_all(&self) {
        let followed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for sender in followed.values() {
            sender.send_replace(());
        }
    }

    /// Says that something of a learner's has changed.
    pub fn tell(&self, learner: Uuid) {
        let followed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = followed.get(&learner) {
            sender.send_replace(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_follows_a_learner_hears_of_that_one_and_is_forgotten_with_the_last() {
        let (notices, ada, grace) = (Notices::default(), Uuid::from_u128(1), Uuid::from_u128(2));
        let (of_ada, of_grace) = (notices.follow(ada), notices.follow(grace));
        notices.tell(ada);
        assert!(of_ada.has_changed().unwrap() && !of_grace.has_changed().unwrap());
        drop((of_ada, of_grace));
        let _again = notices.follow(grace);
        assert_eq!(notices.0.lock().unwrap().len(), 1);
    }
}
