//! The files that the program brings along.

use super::Year;

/// Every file, in the order of the years.
const FILES: [&str; 9] = [
    include_str!("../../calendar/2018.json"),
    include_str!("../../calendar/2019.json"),
    include_str!("../../calendar/2020.json"),
    include_str!("../../calendar/2021.json"),
    include_str!("../../calendar/2022.json"),
    include_str!("../../calendar/2023.json"),
    include_str!("../../calendar/2024.json"),
    include_str!("../../calendar/2025.json"),
    include_str!("../../calendar/2026.json"),
];

/// Their years. A test reads each of them.
pub(super) fn years() -> impl Iterator<Item = Year> {
    FILES.iter().filter_map(|file| Year::read(file).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_383_the_program_brings_the_years_2018_to_2026() {
        let read: Vec<i32> = FILES.iter().map(|file| Year::read(file).unwrap().year).collect();
        assert_eq!(read, (2018..=2026).collect::<Vec<_>>());
        assert_eq!(years().count(), FILES.len());
    }
}
