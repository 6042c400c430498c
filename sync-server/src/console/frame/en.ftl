frame-title = Firebee console
frame-language = English
frame-skip = Skip to the content
frame-nav = Main navigation
