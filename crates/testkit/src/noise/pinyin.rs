//! Traditional characters with their reading in brackets behind them: toned, toneless or doubled.

use super::traditional;
use crate::Chance;
use crate::paper::Paper;
use rand::Rng;

/// Characters that converters of web pages mark with a reading.
const READINGS: [(char, &str); 94] = [
    ('務', "wù"),
    ('堅', "jiān"),
    ('強', "qiáng"),
    ('領', "lǐng"),
    ('導', "dǎo"),
    ('習', "xí"),
    ('時', "shí"),
    ('國', "guó"),
    ('會', "huì"),
    ('認', "rèn"),
    ('關', "guān"),
    ('實', "shí"),
    ('開', "kāi"),
    ('點', "diǎn"),
    ('識', "shí"),
    ('項', "xiàng"),
    ('過', "guò"),
    ('門', "mén"),
    ('戶', "hù"),
    ('網', "wǎng"),
    ('動', "dòng"),
    ('類', "lèi"),
    ('對', "duì"),
    ('據', "jù"),
    ('結', "jié"),
    ('標', "biāo"),
    ('購', "gòu"),
    ('個', "gè"),
    ('現', "xiàn"),
    ('萬', "wàn"),
    ('機', "jī"),
    ('長', "zhǎng"),
    ('負', "fù"),
    ('責', "zé"),
    ('專', "zhuān"),
    ('嚴', "yán"),
    ('區', "qū"),
    ('請', "qǐng"),
    ('內', "nèi"),
    ('詢', "xún"),
    ('規', "guī"),
    ('設', "shè"),
    ('構', "gòu"),
    ('進', "jìn"),
    ('復', "fù"),
    ('環', "huán"),
    ('節', "jié"),
    ('準', "zhǔn"),
    ('執', "zhí"),
    ('財', "cái"),
    ('預', "yù"),
    ('經', "jīng"),
    ('費', "fèi"),
    ('問', "wèn"),
    ('續', "xù"),
    ('聯', "lián"),
    ('監', "jiān"),
    ('業', "yè"),
    ('調', "diào"),
    ('優', "yōu"),
    ('態', "tài"),
    ('應', "yīng"),
    ('測', "cè"),
    ('擴', "kuò"),
    ('發', "fā"),
    ('權', "quán"),
    ('線', "xiàn"),
    ('報', "bào"),
    ('細', "xì"),
    ('風', "fēng"),
    ('險', "xiǎn"),
    ('評', "píng"),
    ('當', "dāng"),
    ('聽', "tīng"),
    ('絡', "luò"),
    ('協', "xié"),
    ('見', "jiàn"),
    ('營', "yíng"),
    ('統', "tǒng"),
    ('級', "jí"),
    ('術', "shù"),
    ('場', "chǎng"),
    ('號', "hào"),
    ('數', "shù"),
    ('計', "jì"),
    ('轉', "zhuǎn"),
    ('穩', "wěn"),
    ('護', "hù"),
    ('無', "wú"),
    ('沒', "méi"),
    ('補', "bǔ"),
    ('訪', "fǎng"),
    ('觀', "guān"),
    ('覺', "jué"),
];

#[derive(Clone, Copy)]
enum Style {
    Toned,
    Toneless,
    Doubled,
}

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    traditional::spoil(paper, chance);
    let style =
        [Style::Toned, Style::Toned, Style::Toneless, Style::Doubled][chance.random_range(0..4)];
    paper.each_text(|text| *text = marked(text, style));
}

fn marked(text: &str, style: Style) -> String {
    let mut marked = String::new();
    for character in text.chars() {
        marked.push(character);
        if let Some((_, reading)) = READINGS.iter().find(|(each, _)| *each == character) {
            let reading = match style {
                Style::Toneless => reading.chars().map(toneless).collect(),
                _ => (*reading).to_owned(),
            };
            let times = if matches!(style, Style::Doubled) { 2 } else { 1 };
            marked.push_str(&format!("({reading})").repeat(times));
        }
    }
    marked
}

fn toneless(letter: char) -> char {
    const TONES: [(&str, char); 6] =
        [("āáǎà", 'a'), ("ēéěè", 'e'), ("īíǐì", 'i'), ("ōóǒò", 'o'), ("ūúǔù", 'u'), ("ǖǘǚǜü", 'v')];
    TONES.iter().find(|(toned, _)| toned.contains(letter)).map_or(letter, |(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_stand_behind_their_characters() {
        assert_eq!(marked("公開", Style::Toned), "公開(kāi)");
        assert_eq!(marked("公開", Style::Toneless), "公開(kai)");
        assert_eq!(marked("公開", Style::Doubled), "公開(kāi)(kāi)");
    }
}
