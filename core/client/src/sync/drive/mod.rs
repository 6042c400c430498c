//! The drivers. A driver carries out the step that its machine asks for and reports the result. One turn is one
//! request.

mod blobs;
pub(super) mod packs;
mod page;
mod pull;
mod push;
mod tell;
pub(super) mod thumbnails;

pub(super) use push::Packed;

use super::inner::{Inner, Lane, Turn};

/// Turns of a lane until it has nothing more to do.
pub(super) async fn run(inner: &Inner, lane: Lane) -> Turn {
    let _rest = (lane == Lane::Push).then_some(PushesRest(inner));
    loop {
        let turn = turn(inner, lane).await;
        if turn != Turn::Worked {
            return turn;
        }
    }
}

/// One turn of a lane: one request at most.
pub(super) async fn turn(inner: &Inner, lane: Lane) -> Turn {
    match lane {
        Lane::Push => push::turn(inner).await,
        Lane::Blobs => blobs::turn(inner).await,
        Lane::Pull => pull::turn(inner).await,
    }
}

/// Frees the link when the pushes end, even if the caller drops the future in the middle of one.
struct PushesRest<'a>(&'a Inner);

impl Drop for PushesRest<'_> {
    fn drop(&mut self) {
        self.0.link().pushes_rest();
        self.0.link_free.notify_waiters();
    }
}
