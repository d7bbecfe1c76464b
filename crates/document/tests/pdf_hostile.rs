//! PDF files made to take all memory, all time or all of the stack: each is refused by a bound.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use gongkai_document::{Document, Limits, ReadError, read};

/// A file of these objects, numbered from 1.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    for (index, object) in objects.iter().enumerate() {
        let number = index + 1;
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    file.extend(b"trailer << /Root 1 0 R /Size 99 >>\n%%EOF\n");
    file
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dict} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// One page with this content and these resources; `more` are the objects from 5.
fn page_of(contents: Vec<u8>, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> \
         /Contents 4 0 R >>"
    );
    let mut objects: Vec<Vec<u8>> = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        page.into(),
        contents,
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

fn page(content: &str, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    page_of(stream("", content.as_bytes()), resources, more)
}

/// Reads with little time, and little room for what expands.
fn read_in_bounds(bytes: &[u8]) -> Result<Document, ReadError> {
    let limits =
        Limits { time: Duration::from_secs(5), expanded_bytes: 4 << 20, ..Limits::default() };
    let start = Instant::now();
    let outcome = read(bytes, &limits);
    // The bound and not much more, also where other tests keep every core busy.
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
    outcome
}

#[track_caller]
fn passes(bytes: &[u8], bound: &str) {
    match read_in_bounds(bytes) {
        Err(ReadError::Limit { name, .. }) => assert_eq!(name, bound),
        other => panic!("{bound} is not kept: {:?}", other.map(|document| document.remarks)),
    }
}

const COLOUR: &str = "/ColorSpace << /C [/Separation /x /DeviceGray 5 0 R] >>";
const PROGRAM: &str = "/FunctionType 4 /Domain [0 1] /Range [0 1]";

#[test]
fn a_colour_function_of_a_hundred_thousand_braces_is_refused_and_a_small_one_read() {
    let coloured = |function| page("/C cs 1 sc 0 0 9 9 re f", COLOUR, &[function]);
    let braces = "{".repeat(200_000);
    passes(&coloured(stream(PROGRAM, braces.as_bytes())), "depth");
    let packed = format!("{PROGRAM} /Filter /FlateDecode");
    passes(&coloured(stream(&packed, &zlib(braces.as_bytes()))), "depth");
    let small = stream(PROGRAM, b"{ dup 0 lt { pop 0 } { 1 exch sub } ifelse }");
    assert!(read_in_bounds(&coloured(small)).is_ok());
}

/// A page set in a font with these entries.
fn font(widths: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let font = format!(
        "/Font << /F << /Type /Font /Subtype /Type0 /BaseFont /x /Encoding /Identity-H \
         /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /x /CIDSystemInfo \
         << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> {widths} >>] >> >>"
    );
    page("BT /F 9 Tf (aaaa) Tj ET", &font, more)
}

#[test]
fn widths_of_four_milliard_characters_are_refused_wherever_they_stand() {
    for widths in [
        "/W [0 4294967295 500]",
        "/W2 [0 4294967295 1 2 3]",
        "/W [1 [500 600] 0 4294967295 500]",
        "/W 5 0 R",
    ] {
        let outcome = read_in_bounds(&font(widths, &[b"[0 4294967295 500]".to_vec()]));
        assert!(matches!(outcome, Err(ReadError::Broken { .. })), "{widths}: {outcome:?}");
    }
    assert!(read_in_bounds(&font("/W [0 65535 500 1 [1 2]] /W2 [0 9 1 2 3]", &[])).is_ok());
}

#[test]
fn dictionaries_nested_without_end_end_in_time() {
    let (inner, outer) = ("<</A ".repeat(200_000), "<</Root ".repeat(200_000));
    let nested = format!("%PDF-1.7\n1 0 obj {inner} endobj trailer {outer}\nendstream");
    passes(nested.as_bytes(), "time");
}

#[test]
fn thousands_of_rules_each_way_end_in_time() {
    let mut rules = String::new();
    for index in 0..3_000 {
        let (x, y) = (f64::from(index) / 6.0, f64::from(index) / 4.0);
        let _ = write!(rules, "{x} 0 m {x} 800 l S 0 {y} m 500 {y} l S ");
    }
    match read_in_bounds(&page(&rules, "", &[])) {
        Ok(document) => assert_eq!(document.blocks.len(), 1),
        Err(ReadError::Limit { name, .. }) => assert_eq!(name, "time"),
        Err(other) => panic!("{other}"),
    }
}

fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn hex(data: &[u8]) -> Vec<u8> {
    let mut text: Vec<u8> =
        data.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
    text.push(b'>');
    text
}

fn ascii_85(data: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for chunk in data.chunks(4) {
        let mut group = [0; 4];
        group[..chunk.len()].copy_from_slice(chunk);
        let value = u32::from_be_bytes(group);
        let digits: Vec<u8> =
            (0..5).map(|place| (value / 85_u32.pow(4 - place) % 85) as u8 + b'!').collect();
        text.extend(&digits[..=chunk.len()]);
    }
    text.extend(b"~>");
    text
}

/// Blanks by runs of 128.
fn run_length(n_bytes: usize) -> Vec<u8> {
    let mut data = [129, b' '].repeat(n_bytes / 128);
    data.push(128);
    data
}

/// Blanks as LZW writes them: each code one longer than the last, until the table is full.
fn lzw(n_bytes: usize) -> Vec<u8> {
    let mut bits = String::new();
    let mut put = |code: usize, n_entries: usize| {
        let width = match n_entries + 1 {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        let _ = write!(bits, "{code:0width$b}");
    };
    put(256, 258);
    put(usize::from(b' '), 258);
    let (mut n_entries, mut length, mut written) = (258, 1, 1);
    while written < n_bytes {
        let is_full = n_entries == 4096;
        length += usize::from(!is_full);
        put(if is_full { 4095 } else { n_entries }, n_entries);
        n_entries += usize::from(!is_full);
        written += length;
    }
    put(257, n_entries);
    let bytes = bits.as_bytes().chunks(8);
    let byte = |bits: &[u8]| {
        let whole = bits.iter().fold(0_u32, |byte, bit| byte << 1 | u32::from(*bit == b'1'));
        (whole << (8 - bits.len())) as u8
    };
    bytes.map(byte).collect()
}

/// What each way of packing makes of `n_bytes` blanks, and how the stream says so.
fn packed(n_bytes: usize) -> Vec<(&'static str, Vec<u8>)> {
    let blanks = vec![b' '; n_bytes];
    vec![
        ("/Filter /FlateDecode", zlib(&blanks)),
        ("/Filter /Fl", zlib(&blanks)),
        ("/Filter /Fl#61teDecode", zlib(&blanks)),
        ("/Filter /FlateDecode", deflate(&blanks)),
        ("/Flate /FlateDecode /Filter /FlateDecode /X /FlateDecode", zlib(&blanks)),
        ("/Filter [/ASCIIHexDecode /FlateDecode]", hex(&zlib(&blanks))),
        ("/Filter [/A85 /Fl]", ascii_85(&zlib(&blanks))),
        ("/Filter [/FlateDecode /FlateDecode]", zlib(&zlib(&blanks))),
        ("/Filter /LZWDecode", lzw(n_bytes)),
        ("/Filter [/A85 /LZW]", ascii_85(&lzw(n_bytes))),
        ("/Filter /RunLengthDecode", run_length(n_bytes)),
        ("/Filter [/AHx /RL]", hex(&run_length(n_bytes))),
        ("/Filter 5 0 R", zlib(&blanks)),
        ("/Filter [6 0 R]", zlib(&blanks)),
        ("/Subtype /Image /Filter /FlateDecode", zlib(&blanks)),
    ]
}

#[test]
fn no_way_of_packing_gets_past_the_bound_of_expansion() {
    let names = [b"[/FlateDecode]".to_vec(), b"/FlateDecode".to_vec()];
    for (dict, data) in packed(5 << 20) {
        assert!(data.len() < 200_000, "{dict} is small: {}", data.len());
        match read_in_bounds(&page_of(stream(dict, &data), "", &names)) {
            Err(ReadError::Limit { name, .. }) => assert_eq!(name, "expanded-bytes", "{dict}"),
            other => panic!("{dict}: {:?}", other.map(|document| document.remarks)),
        }
    }
    for (dict, data) in packed(1 << 20) {
        let outcome = read_in_bounds(&page_of(stream(dict, &data), "", &names));
        assert!(outcome.is_ok(), "{dict}: {outcome:?}");
    }
}

#[test]
fn what_is_packed_and_then_encrypted_counts() {
    // Five megabytes of blanks, deflated twice and encrypted with the key that the empty password
    // gives for these entries.
    let keys = "<< /Filter /Standard /V 1 /R 2 /P -4 \
        /O <2055c756c72e1ad702608e8196acad447ad32d17cff583235f6dd15fed7dab67> \
        /U <23290bae32fdce0148af2c96eaf99044c78d666e11d4db07d807a0f208404ede> >>";
    let data = bytes_of(
        "454e38124a856b196f4e3d8dec3eb094400f3eef6178b7c0f8c1a5f1d789e6922337010944392fdbbb391b1f2c\
         eea037981f5a6006a5264941f2d28d32da1e8238ce9864356ecc8dce8f47c0ab07",
    );
    let contents = stream("/Filter [/FlateDecode /FlateDecode]", &data);
    let mut bytes = page_of(contents, "", &[keys.into()]);
    let end = bytes.windows(7).rposition(|word| word == b"trailer").unwrap();
    bytes.truncate(end);
    bytes.extend(b"trailer << /Root 1 0 R /Encrypt 5 0 R /ID [<6964> <6964>] >>\n%%EOF\n");
    passes(&bytes, "expanded-bytes");
}

fn bytes_of(hex: &str) -> Vec<u8> {
    let digit = |digit: u8| char::from(digit).to_digit(16).unwrap() as u8;
    hex.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

#[test]
fn what_is_packed_in_a_damaged_way_counts_as_the_parser_reads_it() {
    // A stored block whose second length is wrong, which the parser overlooks, and then the rest.
    let mut damaged = vec![0x78, 0x9C, 0, 1, 0, 0, 0, b' '];
    damaged.extend(deflate(&vec![b' '; 5 << 20]));
    let bytes = page_of(stream("/Filter /FlateDecode", &damaged), "", &[]);
    passes(&bytes, "expanded-bytes");
}

#[test]
fn several_ways_of_packing_in_a_row_are_refused_where_they_cannot_be_counted() {
    let twice = zlib(&zlib(&[b' '; 1 << 10]));
    let flate = "/Filter [/FlateDecode /FlateDecode]";
    for (dict, data) in [
        ("/Filter [/FlateDecode /LZWDecode]", &zlib(&lzw(1 << 20))),
        (&format!("{flate} /DecodeParms [<< /Predictor 12 >> null]"), &twice),
        (&format!("{flate} /DecodeParms [5 0 R null]"), &twice),
    ] {
        let bytes = page_of(stream(dict, data), "", &[b"<< /Predictor 12 >>".to_vec()]);
        assert!(matches!(read_in_bounds(&bytes), Err(ReadError::Broken { .. })), "{dict}");
    }
    let plain = stream(&format!("{flate} /DecodeParms [null null]"), &twice);
    assert!(read_in_bounds(&page_of(plain, "", &[])).is_ok());
}

#[test]
fn a_row_longer_than_all_memory_is_refused() {
    for parameters in ["<< /Predictor 2 /BitsPerComponent 16 /Columns 17592186044416 >>", "5 0 R"] {
        let dict = format!("/Filter /FlateDecode /DecodeParms {parameters}");
        let elsewhere = b"<< /Predictor 2 /BitsPerComponent 16 /Columns 17592186044416 >>".to_vec();
        let bytes = page_of(stream(&dict, &zlib(b"q Q")), "", &[elsewhere]);
        passes(&bytes, "expanded-bytes");
    }
}
