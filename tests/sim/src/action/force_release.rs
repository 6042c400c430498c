//! The manager takes an account from its phone.

use crate::{
    tape::draw,
    trace,
    world::{World, office::LOGINS},
};

/// Frees an account, whatever its phone still has.
pub async fn force_release(world: &mut World) {
    let Some(app) = world.host.app() else { return };
    let login = LOGINS.into_iter().nth(usize::try_from(draw("login", 4)).unwrap_or(0)).unwrap_or("ma");
    let held = world.office.force_release(&app, login).await;
    trace::say(&format!("the manager takes the account of {login} from its phone: {held}"));
}
