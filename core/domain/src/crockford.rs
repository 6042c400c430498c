//! Crockford's base 32, for codes that people read from paper and type: none of its digits looks like another.

/// The digits.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The last `5 * length` bits as so many digits.
pub(crate) fn digits(bits: u128, length: usize) -> String {
    let place = |at: usize| (bits >> (5 * (length - 1 - at)) & 31) as usize;
    (0..length).filter_map(|at| DIGITS.get(place(at))).map(|digit| char::from(*digit)).collect()
}

/// Digits in groups of four.
pub(crate) fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            grouped.push('-');
        }
        grouped.push(digit);
    }
    grouped
}

/// Reads what a person typed: small letters, spaces and hyphens are taken, and O, I and L as the digits that they look
/// like. `None` for what has not exactly so many digits.
pub(crate) fn bits(typed: &str, length: usize) -> Option<u128> {
    let (mut bits, mut count) = (0_u128, 0);
    for typed in typed.chars().filter(|typed| !matches!(typed, '-' | ' ')) {
        let digit = match typed.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            digit => digit,
        };
        let value = DIGITS.iter().position(|known| char::from(*known) == digit)?;
        count += 1;
        if count > length {
            return None;
        }
        bits = bits << 5 | value as u128;
    }
    (count == length).then_some(bits)
}

/// Ten bytes as bits.
pub(crate) fn of_bytes(bytes: [u8; 10]) -> u128 {
    bytes.into_iter().fold(0, |bits, byte| bits << 8 | u128::from(byte))
}

/// Eighty bits as bytes.
pub(crate) fn to_bytes(bits: u128) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes.iter_mut().zip(bits.to_be_bytes().into_iter().skip(6)).for_each(|(byte, bits)| *byte = bits);
    bytes
}
