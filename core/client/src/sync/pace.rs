//! How large the next piece of a blob may be. Pieces grow while the link carries them, and shrink to a few kilobytes on a
//! link that cuts every connection early.

/// The size of the first piece, in bytes.
pub const PIECE_BYTES_FIRST: u64 = 1 << 20;
/// The smallest piece, in bytes. A smaller one would be little more than its own headers.
pub const PIECE_BYTES_LEAST: u64 = 4 << 10;
/// The largest piece, in bytes.
pub const PIECE_BYTES_MOST: u64 = 8 << 20;
/// The target time of a piece. After a faster piece the next may be larger, after a slower one smaller.
const QUICK_MS: i64 = 2_000;
const SLOW_MS: i64 = 15_000;
/// After so many pieces that passed, a size that failed before is tried again.
const PATIENCE: u32 = 16;

/// The pace of one link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    bytes: u64,
    /// The size of which nothing got through last; pieces stay below.
    failed_bytes: Option<u64>,
    /// How many pieces passed below that size.
    passed: u32,
    /// How many bodies in a row broke before a byte of them was kept.
    in_vain: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self { bytes: PIECE_BYTES_FIRST, failed_bytes: None, passed: 0, in_vain: 0 }
    }
}

impl Pace {
    /// The size of the next piece, in bytes.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// A piece of `len` bytes passed in `took_ms`. A shorter piece than was allowed, such as the last one of a file, is no
    /// reason to grow.
    pub fn passed(&mut self, len: u64, took_ms: i64) {
        self.in_vain = 0;
        if took_ms >= SLOW_MS {
            return self.shrink_to(self.bytes / 2);
        }
        if len < self.bytes || took_ms > QUICK_MS {
            return;
        }
        self.passed = self.passed.saturating_add(1);
        if self.passed >= PATIENCE {
            self.failed_bytes = None;
        }
        let larger = [self.bytes.saturating_mul(4), self.bytes.saturating_mul(2)];
        let fits = |bytes: &u64| *bytes <= PIECE_BYTES_MOST && self.failed_bytes.is_none_or(|failed| *bytes < failed);
        if let Some(bytes) = larger.into_iter().find(fits) {
            (self.bytes, self.passed) = (bytes, 0);
        }
    }

    /// The link broke in a body of `len` bytes, and the server holds `arrived` of them. What arrived is what this link
    /// carries. When nothing did, the network may have been away for a moment; when that happens again, the size is to
    /// blame, and a quarter of it is tried.
    pub fn broke(&mut self, len: u64, arrived: u64) {
        if arrived > 0 {
            self.in_vain = 0;
            return self.shrink_to(arrived);
        }
        self.in_vain = self.in_vain.saturating_add(1);
        if self.in_vain == 1 {
            return self.shrink_to(self.bytes / 2);
        }
        self.failed_bytes = Some(len.max(PIECE_BYTES_LEAST.saturating_add(1)));
        self.shrink_to(len.min(self.bytes) / 4);
    }

    fn shrink_to(&mut self, bytes: u64) {
        self.bytes = bytes.clamp(PIECE_BYTES_LEAST, self.bytes);
        self.passed = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_grow_from_one_to_four_to_eight_mebibytes_and_shrink_to_a_few_kilobytes() {
        let mut pace = Pace::default();
        let mut sizes = vec![pace.bytes() >> 20];
        for _ in 0..3 {
            pace.passed(pace.bytes(), 100);
            sizes.push(pace.bytes() >> 20);
        }
        assert_eq!(sizes, [1, 4, 8, 8]);
        for _ in 0..9 {
            pace.broke(pace.bytes(), 0);
        }
        assert_eq!(pace.bytes(), PIECE_BYTES_LEAST);
    }

    #[test]
    fn a_size_that_did_not_pass_is_tried_again_only_after_many_that_did() {
        let mut pace = Pace::default();
        pace.broke(64 << 10, 0);
        assert_eq!(pace.bytes(), PIECE_BYTES_FIRST / 2, "the network may only have been away");
        pace.broke(64 << 10, 0);
        assert_eq!(pace.bytes(), 16 << 10);
        for _ in 0..PATIENCE {
            pace.passed(pace.bytes(), 100);
            assert!(pace.bytes() < 64 << 10, "{pace:?}");
        }
        pace.passed(pace.bytes(), 100);
        assert!(pace.bytes() >= 64 << 10, "{pace:?}");
    }

    #[test]
    fn a_slow_piece_makes_the_next_one_smaller_and_the_rest_of_a_file_tells_nothing() {
        let mut pace = Pace::default();
        pace.passed(10, 1);
        assert_eq!(pace.bytes(), PIECE_BYTES_FIRST);
        pace.passed(PIECE_BYTES_FIRST, SLOW_MS);
        assert_eq!(pace.bytes(), PIECE_BYTES_FIRST / 2);
        pace.broke(PIECE_BYTES_FIRST / 2, 50_000);
        assert_eq!(pace.bytes(), 50_000, "what arrived is what the link carries");
    }
}
