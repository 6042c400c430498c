//! Somebody signs out.

use super::{done, pick};
use crate::world::World;

/// Frees the account; refused while anything is unsent.
pub async fn sign_out(world: &mut World) {
    let Some((number, client)) = pick(world, |phone, _| !phone.is_busy()) else { return };
    let result = client.session().sign_out().await;
    done(world, number, "signs out", &result);
}
