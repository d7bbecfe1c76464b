//! The ZIP of a package, byte by byte: stored entries, names in UTF-8, no time, nothing beside.
//!
//! Written by hand, for every byte is part of the format: a library may write another header in
//! its next version, and a package of today would then not be the same any more. Any program that
//! opens ZIP opens it.

use flate2::Crc;

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// Version 2.0, names in UTF-8, stored, the first moment that ZIP knows.
const HEAD: [u8; 10] = [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];

/// A name and a content.
pub(super) type Entry<B> = (String, B);

/// Writes a container. Its bounds were kept before: no more than 65535 entries and 4 GiB.
pub(super) fn write<B: AsRef<[u8]>>(entries: &[Entry<B>]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let bytes = bytes.as_ref();
        let offset = file.len();
        let mut sums = Crc::new();
        sums.update(bytes);
        let mut head = HEAD.to_vec();
        head.extend(sums.sum().to_le_bytes());
        head.extend(four(bytes.len()));
        head.extend(four(bytes.len()));
        head.extend(two(name.len()));
        head.extend(two(0));
        for part in [LOCAL, &head, name.as_bytes(), bytes] {
            file.extend_from_slice(part);
        }
        // Made by nobody, no comment, first disk, no attributes.
        for part in [CENTRAL, &[20, 0], &head, &[0; 10], &four(offset), name.as_bytes()] {
            directory.extend_from_slice(part);
        }
    }
    let (n_entries, begin) = (two(entries.len()), four(file.len()));
    let length = four(directory.len());
    file.extend(directory);
    for part in [END, &[0; 4], &n_entries, &n_entries, &length, &begin, &[0; 2]] {
        file.extend_from_slice(part);
    }
    file
}

fn two(number: usize) -> [u8; 2] {
    u16::try_from(number).expect("the builder and the reader keep the bounds").to_le_bytes()
}

fn four(number: usize) -> [u8; 4] {
    u32::try_from(number).expect("the builder and the reader keep the bounds").to_le_bytes()
}

/// Reads the entries one after the other, up to the directory; `None` where they are not written
/// as here. What follows them is not looked at: who writes them again and compares has seen it.
pub(super) fn read(bytes: &[u8], most_entries: usize) -> Option<Vec<Entry<&[u8]>>> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while let Some(after) = rest.strip_prefix(LOCAL) {
        if entries.len() == most_entries {
            return None;
        }
        let after = after.strip_prefix(&HEAD)?;
        let number = |at: usize| {
            let four = after.get(at..at + 4)?;
            Some(u32::from_le_bytes(four.try_into().ok()?) as usize)
        };
        let (size, again) = (number(4)?, number(8)?);
        let lengths = number(12)?;
        // The length of the name, and no further field.
        if size != again || 0xFFFF < lengths {
            return None;
        }
        let name = after.get(16..16 + lengths)?;
        let begin = 16 + lengths;
        let content = after.get(begin..begin.checked_add(size)?)?;
        entries.push((str::from_utf8(name).ok()?.to_owned(), content));
        rest = &after[begin + size..];
    }
    (!entries.is_empty() && rest.starts_with(CENTRAL)).then_some(entries)
}

/// Whether what was read is all there is, written as here.
pub(super) fn is_whole(bytes: &[u8], entries: &[Entry<&[u8]>]) -> bool {
    write(entries) == bytes
}
