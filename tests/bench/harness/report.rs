//! The results: a file each, and a table.

use serde::Serialize;
use std::{path::PathBuf, time::Duration};

/// What a value must be.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// Not above.
    AtMost(f64),
    /// Not below.
    AtLeast(f64),
    /// It explains other values and has no goal of its own.
    None,
}

impl Goal {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::AtMost(goal) => value <= goal,
            Self::AtLeast(goal) => value >= goal,
            Self::None => true,
        }
    }

    const fn number(self) -> Option<f64> {
        match self {
            Self::AtMost(goal) | Self::AtLeast(goal) => Some(goal),
            Self::None => None,
        }
    }

    fn words(self) -> String {
        match self {
            Self::AtMost(goal) => format!("≤ {goal}"),
            Self::AtLeast(goal) => format!("≥ {goal}"),
            Self::None => String::new(),
        }
    }
}

/// One file of `target/bench`.
#[derive(Serialize)]
struct Kept {
    name: String,
    unit: &'static str,
    value: f64,
    goal: Option<f64>,
    ok: bool,
    rounds: usize,
}

/// All results of a run.
pub struct Report {
    folder: PathBuf,
    rows: Vec<[String; 5]>,
    missed: usize,
}

impl Report {
    /// Results that are written into `folder` as they come.
    pub const fn into(folder: PathBuf) -> Self {
        Self { folder, rows: Vec::new(), missed: 0 }
    }

    /// Writes a result to its file, and prints its line.
    pub fn keep(&mut self, name: &str, unit: &'static str, value: f64, goal: Goal, rounds: usize) {
        let ok = goal.holds(value);
        let kept = Kept { name: name.to_owned(), unit, value, goal: goal.number(), ok, rounds };
        let json = serde_json::to_string(&kept).expect("a result is JSON");
        std::fs::write(self.folder.join(format!("{name}.json")), json + "\n").expect("target/bench can be written");
        let verdict = match (goal, ok) {
            (Goal::None, _) => "",
            (_, true) => "ok",
            (_, false) => "MISSED",
        };
        self.missed += usize::from(!ok);
        let row = [name.to_owned(), format!("{} {unit}", digits(value)), goal.words(), verdict.to_owned()];
        let [name, value, goal, verdict] = row;
        println!("  {name:<46}{value:>16}  {goal:<8}{verdict}");
        self.rows.push([name, value, goal, verdict, rounds.to_string()]);
    }

    /// Prints every result that has a goal.
    pub fn table(&self, took: Duration) {
        println!("\n{:<46}{:>16}  {:<8}{:<8}{:>6}", "", "value", "goal", "", "rounds");
        for [name, value, goal, verdict, rounds] in self.rows.iter().filter(|row| !row[2].is_empty()) {
            println!("{name:<46}{value:>16}  {goal:<8}{verdict:<8}{rounds:>6}");
        }
        println!("\n{} missed; {:.0} s; each result is a file of target/bench", self.missed, took.as_secs_f64());
    }
}

fn digits(value: f64) -> String {
    match value.abs() {
        0.0 => "0".into(),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 0.1 => format!("{value:.3}"),
        _ => format!("{value:.5}"),
    }
}
