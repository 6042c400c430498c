//! Somebody signs in on a phone.

use super::{done, pick};
use crate::world::{World, office::PASSWORD};
use firebee_client::journal::ClaimState;

/// Signs in on a phone that does not hold its account; rarely on one that does.
pub async fn sign_in(world: &mut World) {
    let is_out = |client: &firebee_client::Client| {
        let state = client.session().state();
        !state.is_ok_and(|state| state.is_some_and(|held| held.state == ClaimState::SignedIn && held.lost.is_none()))
    };
    let Some((number, client)) = pick(world, |_, client| is_out(client)) else { return };
    let login = world.phones.get(number).map_or("", |phone| phone.login());
    let result = client.session().sign_in(login, PASSWORD).await;
    done(world, number, "signs in", &result);
}
