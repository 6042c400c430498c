//! Everything fails at random, by a seed: the counts add up at any moment, and in the end everything has arrived once.

use crate::scene::Scene;
use firebee_tests::link::Harm;

struct Dice(u64);

impl Dice {
    fn draw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_any_weather_the_counts_add_up_and_everything_arrives_once() {
    for seed in [3, 1_009, 77_777] {
        println!("seed {seed}");
        let mut scene = Scene::new().await;
        let mut weather = Dice(seed);
        scene.link.plan(move |seen| {
            let byte = weather.draw((seen.head + seen.body) as u64 + 1);
            let byte = usize::try_from(byte).unwrap();
            match weather.draw(10) {
                0 => Harm::Cut,
                1 => Harm::ResetRequest(byte),
                2 => Harm::ResetAnswer(byte % 400),
                3 => Harm::Twice,
                4 => Harm::Stray,
                5 => Harm::Portal(200, b"hello".to_vec()),
                _ => Harm::None,
            }
        });
        let mut dice = Dice(seed + 1);
        let (mut recorded, mut acked, mut pictures) = (1, 0, Vec::new());
        for _ in 0..25 {
            match dice.draw(4) {
                0 => {
                    let bytes = [10_000, 60_000, 1_300_000][usize::try_from(dice.draw(3)).unwrap()];
                    pictures.push(scene.photograph(bytes));
                }
                _ => drop(scene.record()),
            }
            recorded += 1;
            // Whether the round went well does not matter here.
            let _ = scene.client.sync().now().await;
            let seen = scene.overview();
            let notes = seen.facts.total() - recorded;
            assert!(notes <= 3, "the phone records little of its own: {notes}");
            assert_eq!(seen.facts.parked, 0);
            let sure = seen.facts.acked + seen.facts.durable;
            assert!(sure >= acked, "what is acknowledged stays so");
            acked = sure;
        }
        scene.settles().await;
        for picture in pictures {
            assert!(scene.on_server(&picture) == Some(picture), "seed {seed}");
        }
    }
}
