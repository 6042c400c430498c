//! A second plan comes and goes.

use crate::{
    tape::draw,
    trace,
    world::{World, office::LOGINS},
};

/// The lead makes a second plan and issues some of it; or, where there is one, takes it back and deletes it.
pub async fn replan(world: &mut World) {
    let Some(app) = world.host.app() else { return };
    if world.office.second.is_some() {
        let gone = world.office.plan_less(&app).await;
        trace::say(&format!("the lead deletes the second plan: {gone}"));
    } else {
        let to = LOGINS.into_iter().nth(usize::try_from(draw("to", 3)).unwrap_or(0)).unwrap_or("ma");
        let taken = world.office.plan_more(&app, to).await;
        trace::say(&format!("the lead issues a second plan to {to}: {taken}"));
    }
}
