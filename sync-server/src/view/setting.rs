//! Settings of which each is kept, in words: what holds, and what each one made another.

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// What holds.
    pub value: String,
}

/// What holds now, and what of each setting was another than before it. `kept` has what was set, the last first; `first` held
/// before any.
pub(super) fn told(kept: Vec<Vec<Line>>, first: Vec<Line>) -> (Vec<Line>, Vec<Vec<Line>>) {
    let before = kept.iter().skip(1).chain([&first]);
    let changed = |(after, before): (&Vec<Line>, &Vec<Line>)| {
        after.iter().filter(|line| !before.contains(line)).cloned().collect()
    };
    let changes = kept.iter().zip(before).map(changed).collect();
    (kept.into_iter().next().unwrap_or(first), changes)
}
