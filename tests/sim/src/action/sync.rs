//! A phone sends and receives; nobody waits for it.

use super::pick;
use crate::{trace, world::World};

/// Begins a round.
pub async fn sync(world: &mut World) {
    let Some((number, client)) = pick(world, |phone, client| !phone.is_busy() && is_known(client)) else { return };
    let Some(phone) = world.phones.get_mut(number) else { return };
    let name = phone.name();
    trace::say(&format!("{name} syncs"));
    phone.busy = Some(tokio::spawn(async move {
        let word = match client.sync().now().await {
            Ok(()) => "done".to_owned(),
            Err(failure) => failure.code.to_string(),
        };
        trace::note(&name, "ends its round", &word);
    }));
}

/// Whether somebody has signed in, ever.
fn is_known(client: &firebee_client::Client) -> bool {
    client.session().state().is_ok_and(|state| state.is_some_and(|held| held.account.is_some()))
}
