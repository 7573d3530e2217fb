"""The scenes behind the sample pictures: every one modelled, lit and path-traced by a script.

Nothing is loaded from outside: shapes are lathed, swept and strewn by `mesh`, surfaces are node
graphs made by `shader` and `surface`, light and camera come from `studio`. One module per picture.

    pip install bpy==5.0.1 pillow==12.2.0        # Python 3.11
    cd src
    python -m scenes espresso                    # writes public/samples/espresso.webp
    python -m scenes espresso --preview 160      # a quick, noisy espresso.preview.png

A length in a scene is in centimetres, z is up, and the table is at z = 0.
"""
