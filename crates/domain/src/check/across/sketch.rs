//! A sketch of a text that tells how alike two texts are without keeping them: the least hash of
//! all runs of five characters, in each of 64 bins.

/// How many bins; more tell likeness finer and take more room.
const BINS: usize = 64;

/// How many characters run together.
const RUN: usize = 5;

/// Shorter texts say too little to be called alike, in characters.
const SHORTEST: usize = 80;

/// Bins that hash together when like texts are looked for, and how often.
/// At a likeness of 0.9 one of ten bands of six agrees with a chance of 0.9995, at 0.3 of 0.007.
const BAND: usize = 6;

/// The bin of a text that has no run in it.
const EMPTY: u32 = u32::MAX;

/// The sketch of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sketch {
    bins: Box<[u32; BINS]>,
    /// Hash of the whole text: equal for equal texts.
    pub(super) whole: u64,
    n_characters: u32,
}

impl Sketch {
    /// The sketch of a text in pieces; only letters and digits count. `None` if it is too short.
    pub(super) fn of<'a>(pieces: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut bins = Box::new([EMPTY; BINS]);
        let mut last = [0u32; RUN];
        let (mut whole, mut n_characters) = (0u64, 0usize);
        for c in pieces.flat_map(str::chars).filter(|c| is_word(*c)) {
            whole = mix(whole ^ u64::from(u32::from(c)));
            if c.is_ascii_digit() {
                continue;
            }
            last[n_characters % RUN] = c.into();
            n_characters += 1;
            if RUN <= n_characters {
                let hash = run_hash(&last, n_characters % RUN);
                let bin = &mut bins[(hash >> 58) as usize];
                *bin = (*bin).min((hash & 0xffff_fffe) as u32);
            }
        }
        let n_characters_u32 = n_characters.try_into().unwrap_or(u32::MAX);
        (SHORTEST <= n_characters).then_some(Self { bins, whole, n_characters: n_characters_u32 })
    }

    /// The share of runs that two texts have in common, from 0 to 1.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let pairs = || self.bins.iter().zip(other.bins.iter());
        let n_used = pairs().filter(|(a, b)| **a != EMPTY || **b != EMPTY).count();
        let n_same = pairs().filter(|(a, b)| a == b && **a != EMPTY).count();
        if n_used == 0 { 0.0 } else { n_same as f64 / n_used as f64 }
    }

    /// Whether lengths allow the texts to be alike at all.
    pub(super) fn may_be_like(&self, other: &Self) -> bool {
        let (short, long) = match self.n_characters <= other.n_characters {
            true => (self.n_characters, other.n_characters),
            false => (other.n_characters, self.n_characters),
        };
        u64::from(long) * 4 <= u64::from(short) * 5
    }

    /// One hash a band: like texts have one in common.
    pub(super) fn bands(&self) -> impl Iterator<Item = u64> + '_ {
        self.bins.chunks_exact(BAND).enumerate().map(|(number, band)| {
            band.iter().fold(mix(number as u64 + 1), |hash, bin| mix(hash ^ u64::from(*bin)))
        })
    }
}

/// Whether a character is a letter or a digit; quick for Chinese ones.
fn is_word(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric()
}

/// The hash of the last characters, the oldest first.
fn run_hash(last: &[u32; RUN], oldest: usize) -> u64 {
    let run = (0..RUN).fold(0u64, |hash, offset| {
        let c = last[(oldest + offset) % RUN];
        hash.wrapping_mul(0x0100_0000_01b3).wrapping_add(u64::from(c))
    });
    mix(run)
}

/// Spreads the bits (the finisher of SplitMix64); the same on every machine and in every run.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of its own for every seed.
    pub(super) fn text(seed: u32, n_characters: u32) -> String {
        (0..n_characters)
            .filter_map(|at| {
                char::from_u32(0x4e00 + (mix(u64::from(seed * 100_000 + at)) % 4000) as u32)
            })
            .collect()
    }

    #[test]
    fn likeness_follows_the_texts() {
        let one = text(1, 1000);
        let changed = one.replacen(&one[30..33], "某", 3) + "后记";
        let sketch = |text: &str| Sketch::of([text].into_iter()).expect("long enough");
        assert!(0.9 <= sketch(&one).likeness(&sketch(&changed)));
        assert!(sketch(&one).likeness(&sketch(&text(2, 1000))) < 0.2);
        let half = format!("{}{}", &one[..1500], text(3, 500));
        let likeness = sketch(&one).likeness(&sketch(&half));
        assert!((0.1..0.6).contains(&likeness), "{likeness}");
        assert!(Sketch::of(["无。"].into_iter()).is_none());
    }
}
