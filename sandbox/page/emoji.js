// Emoji by Slack's names, as many as bots and people commonly write. An unknown name stays as it was typed.

const NAMED = `
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 wave 👋 clap 👏 pray 🙏 muscle 💪 ok_hand 👌 raised_hands 🙌 raised_hand ✋ point_right 👉 point_left 👈 point_up ☝️
point_down 👇 handshake 🤝 writing_hand ✍️ eyes 👀 brain 🧠 smile 😄 smiley 😃 grinning 😀 grin 😁 joy 😂 sweat_smile 😅 slightly_smiling_face 🙂 wink 😉 blush 😊
heart_eyes 😍 thinking_face 🤔 neutral_face 😐 confused 😕 worried 😟 cry 😢 sob 😭 rage 😡 scream 😱 sleeping 😴 sunglasses 😎 nerd_face 🤓 tired_face 😫 sweat 😓
disappointed 😞 hugging_face 🤗 salute 🫡 robot_face 🤖 ghost 👻 see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊 monkey 🐒 monkey_face 🐵 gorilla 🦍 banana 🍌
heart ❤️ broken_heart 💔 yellow_heart 💛 green_heart 💚 blue_heart 💙 star ⭐ star2 🌟 sparkles ✨ boom 💥 fire 🔥 zap ⚡ sunny ☀️ cloud ☁️ rainbow 🌈 snowflake ❄️
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ heavy_multiplication_x ✖️ no_entry ⛔ no_entry_sign 🚫 warning ⚠️
exclamation ❗ question ❓ grey_exclamation ❕ grey_question ❔ bangbang ‼️ rotating_light 🚨 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 sos 🆘 100 💯 information_source ℹ️
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫
large_red_square 🟥 large_orange_square 🟧 large_yellow_square 🟨 large_green_square 🟩 large_blue_square 🟦 white_large_square ⬜ black_large_square ⬛
hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚ alarm_clock ⏰ stopwatch ⏱️ timer_clock ⏲️ clock1 🕐 clock3 🕒 clock9 🕘 calendar 📆 date 📅 spiral_calendar_pad 🗓️
pushpin 📌 round_pushpin 📍 paperclip 📎 link 🔗 memo 📝 pencil ✏️ pencil2 ✏️ clipboard 📋 page_facing_up 📄 file_folder 📁 open_file_folder 📂 bookmark 🔖 books 📚
inbox_tray 📥 outbox_tray 📤 package 📦 email 📧 envelope ✉️ incoming_envelope 📨 mailbox 📫 telephone_receiver 📞 iphone 📱 computer 💻 gear ⚙️ wrench 🔧 hammer 🔨
hammer_and_wrench 🛠️ nut_and_bolt 🔩 microscope 🔬 syringe 💉 pill 💊 hospital 🏥 stethoscope 🩺 ambulance 🚑 office 🏢 factory 🏭 house 🏠 truck 🚚 airplane ✈️
rocket 🚀 car 🚗 bike 🚲 moneybag 💰 dollar 💵 yen 💴 credit_card 💳 receipt 🧾 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 lock 🔒 unlock 🔓
key 🔑 mag 🔍 mag_right 🔎 bulb 💡 battery 🔋 electric_plug 🔌 recycle ♻️ arrows_counterclockwise 🔄 repeat 🔁 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️
arrow_right_hook ↪️ leftwards_arrow_with_hook ↩️ arrow_forward ▶️ fast_forward ⏩ double_vertical_bar ⏸️ black_square_for_stop ⏹️ heavy_plus_sign ➕ heavy_minus_sign ➖
tada 🎉 confetti_ball 🎊 trophy 🏆 medal 🏅 first_place_medal 🥇 dart 🎯 gift 🎁 balloon 🎈 crown 👑 gem 💎 seedling 🌱 evergreen_tree 🌲 palm_tree 🌴 desert_island 🏝️
coffee ☕ tea 🍵 pizza 🍕 cake 🍰 beer 🍺 apple 🍎 ramen 🍜 dumpling 🥟 bust_in_silhouette 👤 busts_in_silhouette 👥 speech_balloon 💬 left_speech_bubble 🗨️
thought_balloon 💭 zzz 💤 dash 💨 snail 🐌 turtle 🐢 cat 🐱 dog 🐶 bug 🐛 ant 🐜 bee 🐝 checkered_flag 🏁 triangular_flag_on_post 🚩 flag-cn 🇨🇳 cn 🇨🇳 construction 🚧
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ beach_with_umbrella 🏖️ face_with_thermometer 🤒 scales ⚖️ ladder 🪜 runner 🏃 walking 🚶 raising_hand 🙋 technologist 🧑‍💻 slack 💠
`;

export const EMOJI = new Map();
const words = NAMED.trim().split(/\s+/);
for (let index = 0; index < words.length; index += 2) EMOJI.set(words[index], words[index + 1]);

/** Plain text with `:names:` turned into emoji. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?/g, (whole, name) => EMOJI.get(name) ?? whole);
}
