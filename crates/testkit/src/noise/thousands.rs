//! Commas between thousands: `1,234`.

use crate::Chance;
use crate::paper::Paper;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    paper.some_values(1.0, chance, |_, text| *text = grouped(text));
}

fn grouped(text: &str) -> String {
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    if whole.len() < 4 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let (first, last) = whole.split_at(whole.len() - 3);
    format!("{},{last}{rest}", grouped(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_before_every_third_digit() {
        let texts = ["12", "1234", "1234567.891", "增3"].map(grouped);
        assert_eq!(texts, ["12", "1,234", "1,234,567.891", "增3"]);
    }
}
