//! Pictures of a page as points; nothing of how the file packed them is kept.

use std::rc::Rc;

use hayro_interpret::{CacheKey, Image, ImageData, LumaData};

use super::record::Recorder;
use crate::pdf::stop;

/// Points of a picture.
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    /// One or three bytes a point.
    pub(super) points: Vec<u8>,
    pub(super) is_grey: bool,
    /// One byte a point.
    pub(super) alpha: Option<Vec<u8>>,
}

impl Recorder {
    /// The points of an image; the same image once.
    pub(super) fn raster(&mut self, image: &Image<'_, '_>) -> Option<Rc<Picture>> {
        let key = image.cache_key();
        if let (Some(known), Image::Raster(_)) = (self.known_pictures.get(&key), image) {
            return Some(Rc::clone(known));
        }
        self.take(u64::from(image.width()) * u64::from(image.height()) * 4);
        self.clock.check().unwrap_or_else(|error| stop(error));
        let mut picture = None;
        match image {
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    let (width, height) = (data.width(), data.height());
                    let is_grey = matches!(data, ImageData::Luma(_));
                    let points = match data {
                        ImageData::Rgb(rgb) => rgb.data,
                        ImageData::Luma(luma) => luma.data,
                    };
                    let alpha = alpha.map(|alpha| fitted(alpha, width, height));
                    picture = Some(Picture { width, height, points, is_grey, alpha });
                },
                None,
            ),
            Image::Stencil(stencil) => {
                let mut paint = None;
                stencil.with_stencil(
                    |luma, of_stencil| {
                        let (width, height) = (luma.width, luma.height);
                        paint = Some((of_stencil.clone(), width, height, luma.data));
                    },
                    None,
                );
                let (paint, width, height, alpha) = paint?;
                let Some((colour, opacity)) = self.colour(&paint) else {
                    self.fault("有图案填充，不能照样重画");
                    return None;
                };
                let points = colour.repeat(width as usize * height as usize);
                let weaker = |part: u8| (f32::from(part) * opacity).round() as u8;
                let alpha = Some(alpha.into_iter().map(weaker).collect());
                picture = Some(Picture { width, height, points, is_grey: false, alpha });
            }
        }
        let picture = Rc::new(picture?);
        if matches!(image, Image::Raster(_)) {
            self.known_pictures.insert(key, Rc::clone(&picture));
        }
        Some(picture)
    }
}

/// A mask of another size than its picture, brought to that size.
fn fitted(mask: LumaData, width: u32, height: u32) -> Vec<u8> {
    if (mask.width, mask.height) == (width, height) {
        return mask.data;
    }
    let pick =
        |at: u32, of: u32, from: u32| (u64::from(at) * u64::from(from) / u64::from(of)) as usize;
    let rows = (0..height).map(|y| pick(y, height, mask.height) * mask.width as usize);
    rows.flat_map(|row| (0..width).map(move |x| row + pick(x, width, mask.width)))
        .map(|index| mask.data.get(index).copied().unwrap_or(0))
        .collect()
}
