//! The picture of a seal as somebody brings it: whether it can be printed, and what would be better.
//! Where it stands on a paper is laid down in `compose`.

use imagesize::ImageType;
use thiserror::Error;

/// The largest file: our own choice; a seal of 2000 points a side as PNG stays far below.
const MOST_BYTES: usize = 1 << 20;
/// The smallest side: 42 mm at 150 points an inch, below that the letters break up in print.
const LEAST_SIDE: usize = 248;
/// The largest side: 42 mm at 1200 points an inch; more only makes papers heavy.
const MOST_SIDE: usize = 2000;
/// A seal is as wide as it is high; scans are off by a few points.
const MOST_SKEW_PERCENT: usize = 3;

/// Why a picture is no seal that can be printed.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum SealProblem {
    /// Nothing is there.
    #[error("请选择印章图片；空文件不能使用")]
    Empty,
    /// Too heavy.
    #[error("印章图片有 {0} KB，最大 1024 KB；请降低分辨率后重新导出")]
    Heavy(usize),
    /// Another kind of file.
    #[error("印章图片应为 PNG 格式；请在制章或者图片软件里导出为 PNG（透明背景）")]
    Kind,
    /// Broken off or changed.
    #[error("印章图片已损坏，无法打开；请重新导出后上传")]
    Broken,
    /// Too small or too large.
    #[error("印章图片为 {0}×{1} 像素，边长应在 {LEAST_SIDE} 到 {MOST_SIDE} 像素之间")]
    Side(usize, usize),
    /// Not as wide as high.
    #[error("印章图片为 {0}×{1} 像素，宽和高应当相等；请裁去印章四周多余的部分")]
    Skew(usize, usize),
}

/// Looks at the picture of a seal; answers whether its ground is transparent.
///
/// # Errors
/// Says what is wrong with it and what to do.
pub fn check_seal(bytes: &[u8]) -> Result<bool, SealProblem> {
    if bytes.is_empty() {
        return Err(SealProblem::Empty);
    }
    if MOST_BYTES < bytes.len() {
        return Err(SealProblem::Heavy(bytes.len() / 1024));
    }
    if !matches!(imagesize::image_type(bytes), Ok(ImageType::Png)) {
        return Err(SealProblem::Kind);
    }
    let size = imagesize::blob_size(bytes).map_err(|_| SealProblem::Broken)?;
    let (wide, high) = (size.width, size.height);
    let sides = LEAST_SIDE..=MOST_SIDE;
    if !sides.contains(&wide) || !sides.contains(&high) {
        return Err(SealProblem::Side(wide, high));
    }
    if wide.max(high) * MOST_SKEW_PERCENT < wide.abs_diff(high) * 100 {
        return Err(SealProblem::Skew(wide, high));
    }
    is_transparent(bytes).ok_or(SealProblem::Broken)
}

/// Whether a PNG says that some of its points let the ground through: by its kind of colours, or by a
/// chunk of its own; none where its chunks break off.
fn is_transparent(bytes: &[u8]) -> Option<bool> {
    const HEAD: usize = 8;
    let kind_of_colours = *bytes.get(HEAD + 8 + 9)?;
    let mut at = HEAD;
    let mut has_chunk = false;
    loop {
        let length = bytes.get(at..at + 4)?;
        let length = u32::from_be_bytes(length.try_into().ok()?);
        let name = bytes.get(at + 4..at + 8)?;
        has_chunk |= name == b"tRNS";
        let next = at.checked_add(12)?.checked_add(usize::try_from(length).ok()?)?;
        if bytes.len() < next {
            return None;
        }
        if name == b"IEND" {
            return Some(has_chunk || matches!(kind_of_colours, 4 | 6));
        }
        at = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chunks without their check sums: only what is looked at here.
    fn png(wide: u32, high: u32, colours: u8, chunks: &[&[u8; 4]]) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut chunk = |name: &[u8; 4], body: &[u8]| {
            bytes.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
            bytes.extend(name);
            bytes.extend(body);
            bytes.extend([0; 4]);
        };
        let sides = [wide.to_be_bytes(), high.to_be_bytes()].concat();
        chunk(b"IHDR", &[sides, vec![8, colours, 0, 0, 0]].concat());
        chunks.iter().for_each(|name| chunk(name, &[]));
        bytes
    }

    #[test]
    fn a_seal_is_a_square_png_and_its_ground_is_told() {
        assert_eq!(check_seal(&png(600, 600, 6, &[b"IEND"])), Ok(true));
        assert_eq!(check_seal(&png(600, 610, 2, &[b"IEND"])), Ok(false));
        assert_eq!(check_seal(&png(600, 600, 3, &[b"tRNS", b"IEND"])), Ok(true));
    }

    #[test]
    fn what_cannot_be_printed_is_told() {
        let whole = png(600, 600, 6, &[b"IEND"]);
        let cases = [
            (Vec::new(), SealProblem::Empty),
            (vec![0; MOST_BYTES + 1024], SealProblem::Heavy(1025)),
            (b"\xff\xd8\xff\xe0JFIF".to_vec(), SealProblem::Kind),
            (b"<svg/>".to_vec(), SealProblem::Kind),
            (whole[..20].to_vec(), SealProblem::Broken),
            (png(600, 600, 6, &[]), SealProblem::Broken),
            (png(100, 100, 6, &[b"IEND"]), SealProblem::Side(100, 100)),
            (png(9000, 600, 6, &[b"IEND"]), SealProblem::Side(9000, 600)),
            (png(600, 400, 6, &[b"IEND"]), SealProblem::Skew(600, 400)),
        ];
        for (bytes, expected) in cases {
            assert_eq!(check_seal(&bytes), Err(expected));
        }
    }
}
