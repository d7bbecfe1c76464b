//! How far the filters of a stream expand it, counted piece by piece before the parser decodes it
//! whole; not a decoder for reading.

use std::borrow::Cow;
use std::io::{self, ErrorKind, Read};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, FromBytes, MaybeRef, Object, Stream};

use super::broken;
use crate::limits::{Deadline, Expansion};
use crate::{Limits, ReadError};

/// Counts what `data` expands to under the filters of `stream`.
///
/// # Errors
/// When that passes the bound or the time, or when so many filters stand in a row that what the
/// parser makes of them cannot be told beforehand; no program writes such files.
pub(super) fn count(
    stream: &Stream<'_>,
    data: &[u8],
    expansion: &mut Expansion,
    limits: &Limits,
    deadline: &Deadline,
) -> Result<(), ReadError> {
    let filters = stream.filters();
    let n_expanding = filters.iter().filter(|filter| expands(**filter)).count();
    let is_told = !predicts(stream.dict()) && !filters.contains(&Filter::LzwDecode);
    if 1 < n_expanding && !is_told {
        return Err(broken("有的内容压缩了不止一层，无法读取"));
    }
    let mut data = Cow::Borrowed(data);
    for (index, filter) in filters.iter().enumerate() {
        let kept_bytes = if index + 1 == filters.len() { 0 } else { usize::MAX };
        let reader: Box<dyn Read + '_> = match filter {
            Filter::FlateDecode => {
                let inflated = inflate(&data, kept_bytes, expansion, limits, deadline)?;
                data = Cow::Owned(inflated);
                continue;
            }
            Filter::LzwDecode => {
                // Which of the two ways of LZW it is does not matter: both count.
                expansion.inflate(pieces(lzw(&data, false)), 0, deadline)?;
                Box::new(pieces(lzw(&data, true)))
            }
            Filter::RunLengthDecode => Box::new(pieces(run_length(&data))),
            Filter::AsciiHexDecode => Box::new(pieces(ascii_hex(&data))),
            Filter::Ascii85Decode => Box::new(pieces(ascii_85(&data))),
            Filter::Crypt => continue,
            // Pictures are never decoded.
            _ => return Ok(()),
        };
        let head = expansion.inflate(reader, kept_bytes, deadline)?.head;
        data = Cow::Owned(head);
    }
    Ok(())
}

/// Whether a predictor changes what a filter gives before the next one has it, or may do so.
fn predicts(dict: &Dict<'_>) -> bool {
    let may_predict = |parameters: MaybeRef<Object<'_>>| match parameters {
        MaybeRef::Ref(_) => true,
        MaybeRef::NotRef(Object::Dict(dict)) => dict.contains_key("Predictor"),
        MaybeRef::NotRef(_) => false,
    };
    ["DecodeParms", "DP"].iter().filter_map(|key| dict.get_raw::<Object<'_>>(key)).any(|given| {
        match given {
            MaybeRef::NotRef(Object::Array(array)) => array.raw_iter().any(may_predict),
            given => may_predict(given),
        }
    })
}

fn expands(filter: Filter) -> bool {
    matches!(filter, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode)
}

/// Deflate, in a zlib shell or without; where that breaks, as much as the parser makes of it.
fn inflate(
    data: &[u8],
    kept_bytes: usize,
    expansion: &mut Expansion,
    limits: &Limits,
    deadline: &Deadline,
) -> Result<Vec<u8>, ReadError> {
    let has_shell = matches!(data, [method, flags, ..]
        if method & 0x0F == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31));
    let inflated = if has_shell {
        expansion.inflate(ZlibDecoder::new(data), kept_bytes, deadline)?
    } else {
        expansion.inflate(DeflateDecoder::new(data), kept_bytes, deadline)?
    };
    match inflated.fault {
        Some(fault) if fault.kind() != ErrorKind::UnexpectedEof => {
            let decoded = inflate_damaged(data, limits, deadline)?;
            Ok(expansion.inflate(decoded.as_slice(), kept_bytes, deadline)?.head)
        }
        _ => Ok(inflated.head),
    }
}

/// What a byte of deflate can become at most.
const FLATE_RATIO: u64 = 1032;

/// The parser goes on where deflate is damaged: it is asked itself, for pieces so small that none
/// can pass the bound by much.
fn inflate_damaged(
    data: &[u8],
    limits: &Limits,
    deadline: &Deadline,
) -> Result<Vec<u8>, ReadError> {
    let mut end = 0;
    let mut n_bytes = 0;
    loop {
        deadline.check()?;
        let left = limits.expanded_bytes.saturating_sub(n_bytes);
        let step = usize::try_from(left / FLATE_RATIO).unwrap_or(usize::MAX);
        end = data.len().min(end + 1 + step);
        let head = format!("<< /Filter /FlateDecode /Length {end} >> stream\n");
        let whole = [head.as_bytes(), &data[..end], b"\nendstream"].concat();
        let decoded = Stream::from_bytes(&whole)
            .and_then(|stream| Some(stream.decoded_data().ok()?.into_owned()))
            .unwrap_or_default();
        n_bytes = decoded.len() as u64;
        limits.check_expanded(n_bytes)?;
        if end == data.len() {
            return Ok(decoded);
        }
    }
}

/// Reads what `next` appends, until it says that nothing follows.
struct Pieces<N> {
    next: N,
    piece: Vec<u8>,
    n_read: usize,
}

fn pieces<N: FnMut(&mut Vec<u8>) -> bool>(next: N) -> Pieces<N> {
    Pieces { next, piece: Vec::new(), n_read: 0 }
}

impl<N: FnMut(&mut Vec<u8>) -> bool> Read for Pieces<N> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.n_read == self.piece.len() {
            self.piece.clear();
            self.n_read = 0;
            if !(self.next)(&mut self.piece) {
                return Ok(0);
            }
        }
        let n_bytes = buffer.len().min(self.piece.len() - self.n_read);
        buffer[..n_bytes].copy_from_slice(&self.piece[self.n_read..self.n_read + n_bytes]);
        self.n_read += n_bytes;
        Ok(n_bytes)
    }
}

fn run_length(mut data: &[u8]) -> impl FnMut(&mut Vec<u8>) -> bool {
    move |out| {
        let Some((length, rest)) = data.split_first() else { return false };
        let n_bytes = match *length {
            length @ 0..=127 => {
                let n_bytes = usize::from(length) + 1;
                out.extend_from_slice(&rest[..n_bytes.min(rest.len())]);
                n_bytes
            }
            128 => return false,
            length => {
                let Some(byte) = rest.first() else { return false };
                out.resize(257 - usize::from(length), *byte);
                1
            }
        };
        data = rest.get(n_bytes..).unwrap_or_default();
        true
    }
}

fn ascii_hex(data: &[u8]) -> impl FnMut(&mut Vec<u8>) -> bool {
    let mut digits = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16));
    move |out| {
        let Some(high) = digits.next() else { return false };
        out.push((high << 4 | digits.next().unwrap_or(0)) as u8);
        true
    }
}

fn ascii_85(data: &[u8]) -> impl FnMut(&mut Vec<u8>) -> bool {
    let mut digits = data
        .iter()
        .copied()
        .take_while(|byte| *byte != b'~')
        .filter(|byte| matches!(byte, b'!'..=b'u' | b'z'))
        .peekable();
    move |out| {
        let Some(first) = digits.next() else { return false };
        if first == b'z' {
            out.extend([0; 4]);
            return true;
        }
        let mut group = [first, b'u', b'u', b'u', b'u'];
        let mut n_digits = 1;
        while n_digits < group.len()
            && let Some(digit) = digits.next_if(|digit| *digit != b'z')
        {
            group[n_digits] = digit;
            n_digits += 1;
        }
        let value = group.iter().fold(0_u32, |value, digit| {
            value.wrapping_mul(85).wrapping_add(u32::from(digit - b'!'))
        });
        out.extend(&value.to_be_bytes()[..n_digits - 1]);
        true
    }
}

const LZW_CLEAR: usize = 256;
const LZW_END: usize = 257;
const LZW_MOST_ENTRIES: usize = 4096;

/// `is_early`: whether codes grow by a bit one entry too early, as is usual in PDF.
fn lzw(data: &[u8], is_early: bool) -> impl FnMut(&mut Vec<u8>) -> bool {
    // Each entry beyond the first: the one it prolongs, and the byte by which.
    let mut entries: Vec<(usize, u8)> = Vec::new();
    let mut last: Option<usize> = None;
    let mut at_bit = 0;
    move |out| {
        let n_entries = LZW_END + 1 + entries.len();
        let width = match n_entries + usize::from(is_early) {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        let Some(code) = bits(data, at_bit, width) else { return false };
        at_bit += width;
        if code == LZW_END || n_entries < code {
            return false;
        }
        if code == LZW_CLEAR {
            entries.clear();
            last = None;
            return true;
        }
        let is_new = code == n_entries;
        let known = match (is_new, last) {
            (false, _) => code,
            (true, Some(last)) if n_entries < LZW_MOST_ENTRIES => last,
            (true, _) => return false,
        };
        spell(&entries, known, out);
        let first = out[0];
        if is_new {
            out.push(first);
        }
        if let Some(last) = last
            && n_entries < LZW_MOST_ENTRIES
        {
            entries.push((last, first));
        }
        last = Some(code);
        true
    }
}

/// Writes out the entry `code`.
fn spell(entries: &[(usize, u8)], mut code: usize, out: &mut Vec<u8>) {
    while let Some((before, byte)) = code.checked_sub(LZW_END + 1).map(|index| entries[index]) {
        out.push(byte);
        code = before;
    }
    out.push(code as u8);
    out.reverse();
}

fn bits(data: &[u8], at_bit: usize, width: usize) -> Option<usize> {
    let end = (at_bit + width).div_ceil(8);
    let bytes = data.get(at_bit / 8..end)?;
    let value = bytes.iter().fold(0, |value, byte| value << 8 | usize::from(*byte));
    Some(value >> (end * 8 - at_bit - width) & ((1 << width) - 1))
}
