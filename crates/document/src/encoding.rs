//! Bytes to text: which encoding they are in, told by marks, by validity, and by which reading
//! gives characters that people really write.

use std::borrow::Cow;
use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// So much of the beginning is decoded in several ways to compare them.
const SAMPLE_BYTES: usize = 8 << 10;

/// Text and how it was come by.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// The text, without byte order mark; bytes that are none became U+FFFD.
    pub(crate) text: Cow<'a, str>,
    /// The encoding it was read in.
    pub(crate) encoding: &'static Encoding,
    /// Whether another encoding is about as likely.
    pub(crate) doubtful: bool,
}

/// Decodes bytes of which nothing is known.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let (bytes, encoding, doubtful) = match marked(bytes) {
        Some((encoding, mark)) => (&bytes[mark..], encoding, false),
        None => {
            let (encoding, doubtful) = tell(bytes);
            (bytes, encoding, doubtful)
        }
    };
    decode_in(encoding, bytes, doubtful)
}

/// Decodes bytes that are said to be in `label`; the bytes are believed before the label.
///
/// Pages converted from one encoding to the other often keep the label of the first.
pub(crate) fn decode_labelled<'a>(bytes: &'a [u8], label: Option<&[u8]>) -> Decoded<'a> {
    let labelled = label.and_then(Encoding::for_label);
    let Some(labelled) = labelled.filter(|_| marked(bytes).is_none()) else {
        return decode(bytes);
    };
    let labelled = match labelled {
        wide if wide == UTF_16LE || wide == UTF_16BE => return decode(bytes),
        simplified if simplified == GBK => GB18030,
        other => other,
    };
    let (told, doubtful) = tell(bytes);
    if told == labelled || doubtful || Encoding::ascii_valid_up_to(bytes) == bytes.len() {
        return decode_in(labelled, bytes, false);
    }
    // Both have a claim: believe the bytes, and say so unless they cannot be anything else.
    decode_in(told, bytes, told != UTF_8)
}

/// The UTF-16 encoding of bytes that are in one.
pub(crate) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match marked(bytes) {
        Some((encoding, _)) => Some(encoding).filter(|encoding| *encoding != UTF_8),
        None => wide_unmarked(bytes),
    }
}

/// Decodes without looking for a byte order mark.
fn decode_in<'a>(encoding: &'static Encoding, bytes: &'a [u8], doubtful: bool) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding, doubtful }
}

/// The encoding that a byte order mark tells, and the length of the mark.
fn marked(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if bytes.starts_with(&[0x84, 0x31, 0x95, 0x33]) {
        return Some((GB18030, 4));
    }
    Encoding::for_bom(bytes)
}

/// Tells the encoding of bytes without mark, and whether that is doubtful.
fn tell(bytes: &[u8]) -> (&'static Encoding, bool) {
    if let Some(wide) = wide_unmarked(bytes) {
        return (wide, false);
    }
    if mostly_utf8(bytes) {
        return (UTF_8, false);
    }
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let (simplified, traditional) = (commonness(GB18030, sample), commonness(BIG5, sample));
    let (encoding, better, worse) = if traditional <= simplified {
        (GB18030, simplified, traditional)
    } else {
        (BIG5, traditional, simplified)
    };
    // Real text has a third of its characters in the list, a wrong reading nearly none.
    let is_plain = 0.12 <= better && 2.0 * worse.max(0.0) <= better;
    if is_plain { (encoding, false) } else { (by_statistics(sample, encoding), true) }
}

/// A third opinion where the two readings are close.
fn by_statistics(sample: &[u8], fallback: &'static Encoding) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    match detector.guess(Some(b"cn"), Utf8Detection::Deny) {
        guess if guess == BIG5 => BIG5,
        guess if guess == GBK => GB18030,
        _ => fallback,
    }
}

/// Whether bytes are UTF-8, a slip in a hundred characters allowed.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut rest, mut n_slips, mut n_wide) = (bytes, 0_usize, 0_usize);
    loop {
        match std::str::from_utf8(rest) {
            Ok(valid) => {
                n_wide += if n_slips == 0 { 0 } else { wide_characters(valid) };
                return n_slips == 0 || n_slips * 20 <= n_wide;
            }
            Err(error) => {
                let (valid, bad) = rest.split_at(error.valid_up_to());
                n_wide += wide_characters(std::str::from_utf8(valid).unwrap_or_default());
                n_slips += 1;
                // A long file in another encoding need not be walked to its end.
                if 64 < n_slips && n_wide < n_slips {
                    return false;
                }
                rest = &bad[error.error_len().unwrap_or(bad.len())..];
            }
        }
    }
}

/// Characters of three bytes and more: in UTF-8 hardly anything else gives these by accident.
fn wide_characters(text: &str) -> usize {
    text.bytes().filter(|byte| 0xE0 <= *byte).count()
}

/// UTF-16 without mark: there are NULs, as many as line ends and digits make, and one of the two
/// byte orders gives characters that people write.
fn wide_unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let n_nul = sample.iter().filter(|byte| **byte == 0).count();
    if n_nul * 200 < sample.len().max(1) {
        return None;
    }
    let (little, big) = (wide_commonness(UTF_16LE, sample), wide_commonness(UTF_16BE, sample));
    let (encoding, better) = if big <= little { (UTF_16LE, little) } else { (UTF_16BE, big) };
    (0.3 <= better).then_some(encoding)
}

/// Share of ASCII and common characters among all.
fn wide_commonness(encoding: &'static Encoding, sample: &[u8]) -> f64 {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let is_usual = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='~') || is_common(c);
    let n_usual = text.chars().filter(|c| is_usual(*c)).count();
    n_usual as f64 / text.chars().count().max(1) as f64
}

/// Share of common characters among those that are not ASCII, in one reading of the bytes; each
/// broken sequence and each private character takes away what three common ones give.
fn commonness(encoding: &'static Encoding, sample: &[u8]) -> f64 {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut n_common, mut n_odd, mut n_all) = (0_i64, 0_i64, 0_i64);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        n_all += 1;
        n_common += i64::from(is_common(c));
        n_odd += i64::from(matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}'));
    }
    (n_common - 3 * n_odd) as f64 / n_all.max(1) as f64
}

/// Whether a character is among the most written ones, of either script.
fn is_common(c: char) -> bool {
    static TABLE: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let mut table = vec![false; 0x1_0000];
        let characters = [MARKS, BOTH_SCRIPTS, SIMPLIFIED, TRADITIONAL].into_iter();
        characters.flat_map(str::chars).for_each(|c| table[c as usize] = true);
        table
    });
    TABLE.get(c as usize).copied().unwrap_or(false)
}

/// Marks between the words of Chinese prose.
const MARKS: &str = "，。、；：（）“”《》〔〕　—．％";

/// Frequent characters of official prose that both scripts write alike.
const BOTH_SCRIPTS: &str = "的一是在不了有人我他大中到上用方主以法出工能下作自公共政府行文信息日月年件本次\
第局部市省告十二三四五六七八九零百千合同理度心和其情之等全社加成立地名面目民平均各者或果施落推\
重金高新校委代建制表要求所及定分布服申答予收支持位取正式根本止可多少教育部前科室保密查明由向此\
入列生子小好事就得也而最又使化如水天後被把任何安全通知集中批收交字形形象重要";

/// Frequent characters of official prose as simplified script writes them.
const SIMPLIFIED: &str = "这个为来时国会们发对开关动机报务请许处经过产业应实认现项议还规类总计结维护统设级\
区县办条与众权际门进学导贯彻组织领队强质见专栏网页题问题简复诉讼纠数据审标准责单";

/// Frequent characters of official prose as traditional script writes them.
const TRADITIONAL: &str = "這個為來時國會們發對開關動機報務請許處經過產業應實認現項議還規類總計結維護統設級\
區縣辦條與眾權際門進學導貫徹組織領隊強質見專欄網頁題問題簡複訴訟糾數據審標準責單";

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED_PROSE: &str =
        "本年度收到政府信息公开申请12件，上年结转1件。\n行政许可\t230\n行政处罚\t0";
    const TRADITIONAL_PROSE: &str =
        "本年度收到政府信息公開申請12件，上年結轉1件。\n行政許可\t230\n行政處罰\t0";

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    fn check(bytes: &[u8], encoding: &'static Encoding, text: &str) {
        let decoded = decode(bytes);
        assert_eq!((decoded.encoding.name(), &*decoded.text), (encoding.name(), text));
        assert!(!decoded.doubtful, "{}", encoding.name());
    }

    #[test]
    fn marked_encodings_are_read_without_their_mark() {
        let marked = format!("\u{FEFF}{SIMPLIFIED_PROSE}");
        check(marked.as_bytes(), UTF_8, SIMPLIFIED_PROSE);
        check(&utf16(&marked, u16::to_le_bytes), UTF_16LE, SIMPLIFIED_PROSE);
        check(&utf16(&marked, u16::to_be_bytes), UTF_16BE, SIMPLIFIED_PROSE);
        check(&GB18030.encode(&marked).0, GB18030, SIMPLIFIED_PROSE);
    }

    #[test]
    fn unmarked_encodings_are_told_apart() {
        check(SIMPLIFIED_PROSE.as_bytes(), UTF_8, SIMPLIFIED_PROSE);
        check(&utf16(SIMPLIFIED_PROSE, u16::to_le_bytes), UTF_16LE, SIMPLIFIED_PROSE);
        check(&utf16(SIMPLIFIED_PROSE, u16::to_be_bytes), UTF_16BE, SIMPLIFIED_PROSE);
        check(&GB18030.encode(SIMPLIFIED_PROSE).0, GB18030, SIMPLIFIED_PROSE);
        check(&BIG5.encode(TRADITIONAL_PROSE).0, BIG5, TRADITIONAL_PROSE);
        check(&GB18030.encode(TRADITIONAL_PROSE).0, GB18030, TRADITIONAL_PROSE);
    }

    #[test]
    fn a_few_words_are_enough() {
        for words in ["政府信息公开", "行政许可\t0", "一、总体情况", "行政事业性收费 0.092万元"]
        {
            check(&GB18030.encode(words).0, GB18030, words);
        }
        for words in ["政府信息公開", "行政許可\t0", "一、總體情況"] {
            check(&BIG5.encode(words).0, BIG5, words);
        }
    }

    #[test]
    fn plain_ascii_is_utf8() {
        check(b"1,0,0,0,0,0,1", UTF_8, "1,0,0,0,0,0,1");
    }

    #[test]
    fn utf8_with_a_slip_stays_utf8() {
        let mut bytes = SIMPLIFIED_PROSE.as_bytes().to_vec();
        bytes.insert(30, 0xFF);
        let decoded = decode(&bytes);
        assert_eq!(decoded.encoding, UTF_8);
        assert_eq!(decoded.text.matches('\u{FFFD}').count(), 1);
    }

    #[test]
    fn a_wrong_label_gives_way_to_the_bytes() {
        let decoded = decode_labelled(SIMPLIFIED_PROSE.as_bytes(), Some(b"gb2312"));
        assert_eq!(decoded.text, SIMPLIFIED_PROSE);
        let bytes = GB18030.encode(SIMPLIFIED_PROSE).0;
        assert_eq!(decode_labelled(&bytes, Some(b"utf-8")).text, SIMPLIFIED_PROSE);
        assert_eq!(decode_labelled(&bytes, Some(b"gb2312")).text, SIMPLIFIED_PROSE);
        assert_eq!(decode_labelled(&bytes, Some(b"no such")).text, SIMPLIFIED_PROSE);
    }

    #[test]
    fn rare_words_alone_are_said_to_be_doubtful() {
        assert!(decode(&GB18030.encode("鼎魑魅").0).doubtful);
    }
}
