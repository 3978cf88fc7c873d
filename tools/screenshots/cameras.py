"""A camera for Chromium that shows one still picture, where no real one is wanted."""

from pathlib import Path

from PIL import Image

FRAMES = 5
SIZE = (640, 360)
WALL, LIGHT = (74, 88, 108), (150, 164, 184)


def still_camera(folder: Path) -> tuple[str, ...]:
    """Write a film of an empty entrance into a folder; return the arguments that show it."""
    film = folder / "camera.mjpeg"
    picture = Image.linear_gradient("L").resize(SIZE)
    coloured = Image.composite(Image.new("RGB", SIZE, LIGHT), Image.new("RGB", SIZE, WALL), picture)
    with film.open("wb") as frames:
        for _ in range(FRAMES):
            coloured.save(frames, "JPEG")
    return (
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",  # without a window nobody could be asked
        f"--use-file-for-fake-video-capture={film}",
    )
