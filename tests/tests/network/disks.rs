//! The server's disk is full.

use crate::scene::Scene;
use firebee_tests::{
    lossy::{Disk, Room},
    served::Served,
};
use tempfile::TempDir;

/// 507: the phone keeps everything, says so in words, and sends it when there is room.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_of_the_server_is_told_and_costs_nothing() {
    let folder = TempDir::new().unwrap();
    let disk = Disk::watching(folder.path()).unwrap();
    let served = Served::start_in(folder, disk.uploads(), Some(disk.vfs().to_owned())).await;
    let mut scene = Scene::on(served).await;
    let pictures = [scene.photograph(30_000), scene.photograph(1_500_000)];
    scene.record();
    let before = scene.overview().facts.total();
    // With a little room the facts get through, and the pictures wait alone.
    for (room, code) in [(0, "server_full"), (20_000, "server_full"), (900_000, "blobs_full")] {
        disk.set_room(Room::Bytes(room));
        scene.fails_with(code).await;
        assert_eq!(scene.overview().facts.total(), before);
    }
    disk.set_room(Room::Endless);
    scene.settles().await;
    for picture in pictures {
        assert!(scene.on_server(&picture) == Some(picture));
    }
}
