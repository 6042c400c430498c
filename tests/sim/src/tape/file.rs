//! A tape as text: a head, then each segment's name on a line of its own and its draws below, `label bound value`.

use super::{Draw, Segment, Tape};
use std::fmt::Write as _;

const HEAD: &str = "firebee-sim 1 seed ";

impl Tape {
    /// The tape as text.
    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}{}\n", self.seed);
        for segment in &self.segments {
            text.push_str(&segment.name);
            text.push('\n');
            for Draw { label, bound, value } in &segment.draws {
                // Writing to a text does not fail.
                let _ = writeln!(text, "  {label} {bound} {value}");
            }
        }
        text
    }

    /// The text as a tape; `None` when it is none.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let seed = lines.next()?.strip_prefix(HEAD)?.parse().ok()?;
        let mut segments: Vec<Segment> = Vec::new();
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix("  ") {
                None => segments.push(Segment { name: line.to_owned(), draws: Vec::new() }),
                Some(draw) => {
                    // A label may have spaces.
                    let mut words = draw.rsplitn(3, ' ');
                    let (value, bound) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
                    let label = words.next()?.to_owned();
                    segments.last_mut()?.draws.push(Draw { label, bound, value });
                }
            }
        }
        Some(Self { seed, segments })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tape_is_read_as_it_was_written() {
        let draw = |label: &str, value| Draw { label: label.into(), bound: 9, value };
        let segment = |name: &str, draws| Segment { name: name.into(), draws };
        let segments = vec![
            segment("setup", vec![draw("length", 3), draw("off", 0)]),
            segment("action", vec![]),
            segment("end", vec![draw("a b", 8)]),
        ];
        let tape = Tape { seed: 12, segments };
        assert_eq!(Tape::read(&tape.text()), Some(tape));
        assert_eq!([Tape::read("setup\n"), Tape::read("firebee-sim 1 seed 1\n  early 1 0\n")], [None, None]);
    }
}
