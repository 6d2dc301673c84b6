#!/bin/sh
# Draws and films everything in this folder with ImageMagick and ffmpeg; no material from anywhere else is used.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sans=DejaVu-Sans
serif=DejaVu-Serif
jpeg="-strip -interlace Plane -sampling-factor 4:2:0 -quality 72"

# sky NAME TOP BOTTOM: the background that everything is painted on.
sky() { convert -size 1280x720 "gradient:$2-$3" "$work/$1.png"; }

# slide NAME FONT SIZE COLOUR TEXT: plain words on a sky, over a thin line.
slide() {
  convert "$work/$1.png" -fill "$4" -font "$2" -pointsize "$3" -gravity center -annotate +0-20 "$5" \
    -draw 'rectangle 560,440 720,443' "$work/$1.png"
}

sky welcome '#1f4e5f' '#79a8a9'
slide welcome $sans 92 '#f4f7f7' 'Welcome'
convert -size 1280x720 'xc:#33436a' "$work/announcements.png"
slide announcements $sans 84 '#f5f1e6' 'Announcements'
sky year-text '#f6efe0' '#d9c7a0'
slide year-text $serif 60 '#4a3b22' 'Our text for the year'
convert "$work/announcements.png" -strip +dither -colors 24 announcements.png
convert "$work/welcome.png" $jpeg welcome.jpg
convert "$work/year-text.png" $jpeg year-text.jpg

# Landscapes: a sun and three ridges, the nearer the darker.
landscape() {
  sky "$1" "$2" "$3"
  convert "$work/$1.png" -fill "$4" -draw "circle $5" \
    -fill "$6" -draw 'path "M 0,470 C 200,380 380,430 560,470 S 980,520 1280,410 L 1280,720 L 0,720 Z"' \
    -fill "$7" -draw 'path "M 0,560 C 260,500 480,600 720,550 S 1120,480 1280,540 L 1280,720 L 0,720 Z"' \
    -fill "$8" -draw 'path "M 0,650 C 300,590 620,690 900,640 S 1180,620 1280,650 L 1280,720 L 0,720 Z"' \
    "$work/$1.png"
}
landscape morning '#8fc1d9' '#fbe8c8' '#fff4d6' '960,250 1040,250' '#9db8a6' '#6f9484' '#47695b'
landscape valley '#a7c7e7' '#eef5fb' '#ffffff' '300,180 350,180' '#a9bfa0' '#7f9f74' '#57794f'
landscape journey '#f2c9a1' '#fdf0dc' '#fff7e8' '640,300 700,300' '#cfa27b' '#a97f5d' '#7d5b43'
landscape field '#bcd9e8' '#fdf6df' '#fffbe9' '1060,200 1110,200' '#e0c878' '#cfae52' '#a98a35'
landscape path '#c9d6c3' '#f4f5ec' '#ffffff' '200,220 240,220' '#a5b89b' '#81997a' '#5b7356'
landscape sea '#cfe3ee' '#f7fbfd' '#fff6da' '640,330 690,330' '#7fa8c0' '#5e8ba6' '#3f6d88'
landscape evening '#3b3a5c' '#e8a87c' '#ffdca8' '420,420 500,420' '#6d5a78' '#4c4060' '#2f2a44'
convert "$work/path.png" -fill '#efe6cf' -draw 'path "M 560,720 C 600,660 700,640 650,600 S 690,560 680,548 C 720,570 690,590 700,620 S 700,680 760,720 Z"' "$work/path.png"
convert "$work/sea.png" -fill '#f7f2e6' -draw 'path "M 960,440 L 975,240 L 1015,240 L 1030,440 Z"' \
  -fill '#b5544a' -draw 'rectangle 972,300 1020,335' -draw 'path "M 965,240 L 995,205 L 1025,240 Z"' "$work/lighthouse.png"
convert "$work/sea.png" -fill '#f4efe3' -draw 'path "M 420,560 L 420,400 L 540,545 Z"' \
  -fill '#8a5a44' -draw 'path "M 370,570 L 550,570 L 520,605 L 400,605 Z"' "$work/harbour.png"
for name in morning valley journey field path lighthouse harbour; do convert "$work/$name.png" $jpeg "$name.jpg"; done

# chord LOW MIDDLE HIGH SECONDS: three soft tones that swell and fade.
chord() {
  echo "aevalsrc='0.12*(sin(2*PI*$1*t)+sin(2*PI*$2*t)+0.7*sin(2*PI*$3*t))*(0.75+0.25*sin(2*PI*t/4))':s=24000:d=$4,afade=t=in:d=1,afade=t=out:st=$(($4 - 1)):d=1"
}

# film NAME PICTURE SECONDS LOW MIDDLE HIGH KBIT: a light drifts over a picture, one keyframe a second or two.
film() {
  convert "$work/$2.png" -resize 640x360 "$work/still.png"
  convert -size 90x90 xc:none -fill '#ffffff66' -draw 'circle 45,45 45,8' -blur 0x6 "$work/light.png"
  ffmpeg -v error -y -loop 1 -framerate 12 -i "$work/still.png" -loop 1 -framerate 12 -i "$work/light.png" \
    -f lavfi -i "$(chord "$4" "$5" "$6" "$3")" \
    -filter_complex "[0][1]overlay=x='-90+730*t/$3':y='120+50*sin(2*PI*t/$3)':shortest=0,format=yuv420p[v]" \
    -map '[v]' -map 2:a -t "$3" -c:v libx264 -preset veryslow -crf 32 -g 24 -profile:v main \
    -c:a aac -b:a "$7k" -ac 1 -movflags +faststart -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact "$1.mp4"
}

film greetings morning 8 262 330 392 32
film evening evening 60 196 247 294 12
film conversation valley 6 220 277 330 24
film letter harbour 7 247 311 370 24
sky song-44 '#7b4b6b' '#d8a7b1'
slide song-44 $serif 96 '#fff6f4' 'Song 44'
film song-44 song-44 6 262 330 392 24
sky song-87 '#3e5c76' '#a3bcd0'
slide song-87 $serif 96 '#f5fafd' 'Song 87'
film song-87 song-87 6 294 370 440 24
sky song-12 '#4f6d5a' '#b4cbb1'
slide song-12 $serif 96 '#f5faf2' 'Song 12'
film song-12 song-12 6 233 294 349 24
sky song-65 '#7a5c3e' '#d9c0a0'
slide song-65 $serif 96 '#fdf7ef' 'Song 65'
film song-65 song-65 6 208 262 311 24

ffmpeg -v error -y -f lavfi -i "$(chord 330 415 494 5)" -c:a libmp3lame -b:a 48k -ac 1 -map_metadata -1 -fflags +bitexact chime.mp3
