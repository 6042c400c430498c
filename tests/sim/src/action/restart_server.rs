//! The server ends and starts again.

use crate::{
    tape::draw,
    trace,
    world::{World, disk::End},
};

/// Ends the server at whatever it is doing; it is away for a while.
pub async fn restart_server(world: &mut World) {
    let end = End::drawn();
    trace::say(&format!("the server ends: {end:?}"));
    world.restart_server(end).await;
    world.pass(draw("away", 20_000)).await;
}
