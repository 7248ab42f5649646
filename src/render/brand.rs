//! A site's own colour as a part of the style sheet: the tokens that carry it, in the light and the dark scheme. A reader who asks for more
//! contrast, or has colours of their own, gets those.

use crate::source::look::{Accent, DARK, LIGHT};

/// What follows the style sheet of the theme.
pub fn style(accent: Accent) -> String {
    let Accent { light, dark } = accent;
    let tokens = |accent, tint| format!(":root {{ --accent: {accent}; --tint: {tint}; }}");
    format!(
        "\n/* The site's own colour */\n@media (prefers-contrast: no-preference) and (forced-colors: none) {{ {} }}\n\
         @media screen and (prefers-contrast: no-preference) and (forced-colors: none) and (prefers-color-scheme: dark) {{ {} }}\n",
        tokens(light, LIGHT.tint(light)),
        tokens(dark, DARK.tint(dark)),
    )
}
