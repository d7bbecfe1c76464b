//! The like passages of two texts, sentence by sentence: what a person must see to judge a likeness.

use std::collections::HashSet;

/// How many characters run together.
const RUN: usize = 4;

/// Shorter sentences are alike in every report, in characters.
const SHORTEST: usize = 12;

/// From this share of common runs on two sentences are called alike: six in ten is what is left when a
/// figure and a name of an ordinary sentence are changed.
const ALIKE: f64 = 0.6;

/// Two sentences that are alike.
#[derive(Clone, PartialEq, Debug)]
pub struct Passage {
    /// In the text that is looked at.
    pub own: String,
    /// In the other.
    pub other: String,
    /// How alike, from 0 to 1; figures do not count.
    pub likeness: f64,
}

/// The sentences of a text that stand in another, too, each beside the one most like it, in the order of
/// the text.
pub fn passages(text: &str, other: &str) -> Vec<Passage> {
    let others: Vec<(&str, HashSet<[char; RUN]>)> =
        sentences(other).map(|sentence| (sentence, runs(sentence))).collect();
    let like = |sentence: &str| {
        let own = runs(sentence);
        let of =
            |(other, runs): &(&str, HashSet<[char; RUN]>)| (share(&own, runs), (*other).to_owned());
        let best = others.iter().map(of).max_by(|a, b| a.0.total_cmp(&b.0));
        let (likeness, other) = best.filter(|(likeness, _)| ALIKE <= *likeness)?;
        Some(Passage { own: sentence.to_owned(), other, likeness })
    };
    sentences(text).filter_map(like).collect()
}

/// The sentences that are long enough to say something of their own.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let all = text.split_inclusive(['。', '！', '？', '；', '\n']).map(str::trim);
    all.filter(|sentence| SHORTEST <= words(sentence).count())
}

/// The letters of a sentence: figures change each year and say nothing of its words.
fn words(sentence: &str) -> impl Iterator<Item = char> {
    sentence.chars().filter(|c| c.is_alphabetic())
}

fn runs(sentence: &str) -> HashSet<[char; RUN]> {
    let words: Vec<char> = words(sentence).collect();
    words.windows(RUN).filter_map(|run| run.try_into().ok()).collect()
}

/// The share of runs that two sentences have in common.
fn share(a: &HashSet<[char; RUN]>, b: &HashSet<[char; RUN]>) -> f64 {
    let n_common = a.intersection(b).count();
    let n_all = a.len() + b.len() - n_common;
    if n_all == 0 { 0.0 } else { n_common as f64 / n_all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_sentences_stand_beside_each_other_whatever_their_figures() {
        let own = "全年办结政府信息公开申请 12 件，均在法定期限内答复。今年新建了公开专区。";
        let other =
            "一是加强学习培训，提高业务水平。全年办结政府信息公开申请 340 件，均在法定期限内答复。";
        let found = passages(own, other);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].own, "全年办结政府信息公开申请 12 件，均在法定期限内答复。");
        assert!(found[0].other.contains("340") && 0.99 < found[0].likeness);
    }

    #[test]
    fn short_sentences_and_other_words_are_no_likeness() {
        assert!(passages("没有。无。", "没有。无。").is_empty());
        let (own, other) = (
            "完善依申请公开办理流程，优化登记审核环节的衔接。",
            "组织了两次基层政务公开专题培训，覆盖全部乡镇。",
        );
        assert!(passages(own, other).is_empty());
        assert_eq!(passages(own, own).len(), 1);
    }
}
