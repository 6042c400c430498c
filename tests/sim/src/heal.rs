//! Invariants 8 and 13: the faults stop, and everything comes to rest.

use crate::{
    action::wait_for_syncs,
    oracle, swarm, trace,
    verdict::{broken, found, holds},
    world::{World, office::PASSWORD},
};
use firebee_client::{Client, journal::ClaimState, session::SignInError};
use firebee_domain::code::Code;

/// Rounds after which nothing may be unsent.
const ROUNDS_MAX: u32 = 4;

/// Nothing fails any more, and every phone sends what it has.
pub async fn heal(world: &mut World) {
    swarm::heal();
    trace::say("the faults stop");
    world.power_on().await;
    if let Some(life) = world.host.life() {
        life.disk.power_off_at(u64::MAX);
    }
    for phone in &world.phones {
        phone.life().disk.power_off_at(u64::MAX);
    }
    wait_for_syncs(world).await;
    // What was sent into the dark is heard of at last.
    world.pass(120_000).await;
    world.power_on().await;
    for number in 0..world.phones.len() {
        settle(world, number).await;
        if found().is_some() {
            return;
        }
    }
    oracle::no_loss::check_sent(world);
    read(world).await;
}

/// A phone sends all that it has.
async fn settle(world: &mut World, number: usize) {
    // A store that the server refuses is renewed when the app starts again.
    for attempt in 0..3 {
        let Some(client) = world.phones.get(number).and_then(|phone| phone.app()) else {
            return broken(13, format!("phone {number} does not run"));
        };
        for _ in 0..ROUNDS_MAX {
            // A round may end with a server that asks for the password once more.
            if !sign_in(world, number, &client).await {
                return;
            }
            let ended = client.sync().now().await;
            let word = ended.map_or_else(|failure| failure.code.to_string(), |()| "done".to_owned());
            trace::note(&format!("phone {number}"), "settles", &word);
            world.pass(1_000).await;
        }
        let unsent = client.session().unsent();
        if unsent.as_ref().is_ok_and(|unsent| unsent.facts == 0 && unsent.blobs == 0) {
            return;
        }
        let retired = matches!(client.health(), firebee_client::journal::StoreHealth::Retired(_));
        holds(13, retired && attempt < 2, || {
            let status = client.progress().overview().map(|overview| overview.status);
            format!("phone {number} still has {unsent:?} after {ROUNDS_MAX} rounds; {status:?}")
        });
        if !retired {
            return;
        }
        drop(client);
        world.restart_phone(number, crate::world::disk::End::Killed);
    }
}

/// Signs in where somebody has to; false where there is nothing to send and nobody signs in.
async fn sign_in(world: &World, number: usize, client: &Client) -> bool {
    let Ok(state) = client.session().state() else { return false };
    // The server may take its tokens no more; then a person is asked for the password.
    let told = client.progress().overview().ok().and_then(|seen| seen.status.last_error);
    let is_asked = told.is_some_and(|error| error.code.known() == Some(Code::SignInAgain));
    match state {
        None => return false,
        Some(held) if held.state == ClaimState::SignedIn && !is_asked => return true,
        Some(held) if held.account.is_none() => return false,
        Some(_) => {}
    }
    if client.session().unsent().is_ok_and(|unsent| unsent.facts == 0 && unsent.blobs == 0) {
        return false;
    }
    let login = world.phones.get(number).map_or("", |phone| phone.login());
    for _ in 0..2 {
        match client.session().sign_in(login, PASSWORD).await {
            Ok(_) => return true,
            Err(SignInError::Elsewhere(_)) => {
                if let Some(app) = world.host.app() {
                    world.office.force_release(&app, login).await;
                }
            }
            Err(SignInError::Retired { .. }) => return true,
            Err(error) => {
                broken(13, format!("phone {number} cannot sign in again: {:?}: {error}", error.code()));
                return false;
            }
        }
    }
    false
}

/// Who holds an account pulls once more, and shows what the server has; so does a reader with small pages.
async fn read(world: &World) {
    for number in 0..world.phones.len() {
        let Some(client) = world.phones.get(number).and_then(|phone| phone.app()) else { continue };
        let holds_it = client
            .session()
            .state()
            .is_ok_and(|state| state.is_some_and(|held| held.state == ClaimState::SignedIn && held.lost.is_none()));
        if !holds_it || client.sync().now().await.is_err() {
            continue;
        }
        if let Err(error) = oracle::feed::check_phone(world, number) {
            broken(15, format!("the cache of phone {number} cannot be read: {error}"));
        }
        oracle::feed::read_all(world, number).await;
    }
}
