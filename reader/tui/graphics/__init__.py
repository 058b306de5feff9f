"""Pictures that the terminal itself draws (`reader.pictures` writes them).

- `pictorial`  the app: what the terminal can is asked for once, each painting is followed by pictures
- `walls`      where they hang: kitty's placeholders, sixels over cells
"""
