"""Short texts in twelve languages: two reports of one event, another article, and function words alone."""

EVENTS = {
    "en": (
        (
            "Ferry sinks off Harwick, forty rescued",
            (
                "A ferry with forty passengers sank near Harwick on Sunday. Coastguard chief Orla "
                "Brennan said that everyone was saved."
            ),
        ),
        (
            "All passengers saved as ferry goes down near Harwick",
            (
                "Boats from the harbour reached the sinking ferry within minutes. Orla Brennan praised "
                "the fishermen of Harwick."
            ),
        ),
    ),
    "fr": (
        (
            "Incendie dans une usine chimique près de Rouvray",
            (
                "Un incendie s'est déclaré dans une usine chimique à Rouvray. La préfète Élodie Marchais "
                "a demandé aux habitants de rester chez eux."
            ),
        ),
        (
            "Rouvray : l'usine chimique en feu, les écoles fermées",
            (
                "Les pompiers luttent contre les flammes depuis l'aube. Selon Élodie Marchais, la fumée "
                "n'est pas toxique."
            ),
        ),
    ),
    "de": (
        (
            "Bergsturz verschüttet Straße bei Oberlauten",
            (
                "Ein Bergsturz hat die Straße nach Oberlauten verschüttet. Bürgermeisterin Heike Strobl "
                "sprach von großem Glück, weil niemand verletzt wurde."
            ),
        ),
        (
            "Nach dem Bergsturz ist Oberlauten von der Welt abgeschnitten",
            (
                "Geröll liegt auf der einzigen Straße des Tals. Heike Strobl rechnet mit Wochen, bis sie "
                "wieder frei ist."
            ),
        ),
    ),
    "es": (
        (
            "Una inundación deja sin agua potable a Villarrosa",
            (
                "Las lluvias desbordaron el río y Villarrosa quedó sin agua potable. La alcaldesa Inés "
                "Quiroga pidió ayuda al ejército."
            ),
        ),
        (
            "El ejército lleva agua potable a Villarrosa tras la inundación",
            (
                "Los camiones llegaron por la noche a los barrios bajos. Inés Quiroga agradeció a los "
                "soldados."
            ),
        ),
    ),
    "pt": (
        (
            "Apagão atinge Serra Dourada durante a noite",
            (
                "Um apagão deixou Serra Dourada às escuras por seis horas. O governador Tomás Arruda "
                "culpou a falta de manutenção."
            ),
        ),
        (
            "Governador explica apagão em Serra Dourada",
            "A energia voltou de manhã aos hospitais. Tomás Arruda prometeu uma nova subestação.",
        ),
    ),
    "ru": (
        (
            "В Загорянске обрушился мост через реку",
            (
                "Мост через реку обрушился в Загорянске утром в понедельник. Губернатор Павел Лыков "
                "сообщил, что никто не погиб."
            ),
        ),
        (
            "Павел Лыков: мост в Загорянске построят заново",
            ("После того как мост обрушился, жителей перевозят на лодках. Загорянск ждёт военных инженеров."),
        ),
    ),
    "ar": (
        (
            "زلزال قوي يضرب مدينة مرجان",
            "ضرب زلزال قوي مدينة مرجان فجر اليوم. وقالت الوزيرة سلمى الخطيب إن الأضرار محدودة.",
        ),
        (
            "سلمى الخطيب تزور مرجان بعد الزلزال",
            "تفقدت الوزيرة المنازل المتضررة من زلزال مرجان. ونام السكان في الحدائق.",
        ),
    ),
    "hi": (
        (
            "चंदनपुर में रेल दुर्घटना, बीस यात्री घायल",
            ("चंदनपुर स्टेशन के पास रेल दुर्घटना में बीस यात्री घायल हुए। मंत्री अरुणा देशपांडे ने जांच का आदेश दिया।"),
        ),
        (
            "रेल दुर्घटना की जांच के लिए अरुणा देशपांडे चंदनपुर पहुंचीं",
            "घायल यात्री अस्पताल में भर्ती हैं। चंदनपुर की पटरी टूटी हुई मिली।",
        ),
    ),
    "km": (
        (
            "ទឹកជំនន់បំផ្លាញស្រូវនៅខេត្តបាត់ដំបង",
            "ទឹកជំនន់បានបំផ្លាញស្រូវរាប់ពាន់ហិកតានៅខេត្តបាត់ដំបង។ លោក សុខ វណ្ណា បានស្នើសុំជំនួយស្បៀង។",
        ),
        (
            "កសិករបាត់ដំបងបាត់បង់ស្រូវដោយសារទឹកជំនន់",
            "ទឹកជំនន់នៅតែខ្ពស់។ លោក សុខ វណ្ណា ថាស្បៀងនឹងមកដល់ឆាប់ៗ។",
        ),
    ),
    "zh": (
        (
            "云海市地铁隧道塌方",
            "云海市地铁三号线隧道周二发生塌方。市长林国栋表示没有人员伤亡。",
        ),
        (
            "地铁隧道塌方后云海市三号线停运",
            "工程人员正在抢修塌方的隧道。林国栋要求彻查原因。",
        ),
    ),
    "ja": (
        (
            "雪野県で土砂崩れ、温泉旅館が孤立",
            "雪野県の山間部で土砂崩れが発生し、温泉旅館が孤立した。大森知事は自衛隊に救助を要請した。",
        ),
        (
            "土砂崩れで孤立の温泉旅館、宿泊客を救助",
            "自衛隊のヘリコプターが雪野県の温泉旅館から宿泊客を救助した。大森知事は感謝を述べた。",
        ),
    ),
    "ko": (
        (
            "한빛시 화학공장에서 폭발 사고",
            (
                "한빛시 화학공장에서 폭발이 일어나 직원들이 대피했다. 윤서진 시장은 주민들에게 외출 "
                "자제를 당부했다."
            ),
        ),
        (
            "화학공장 폭발 원인 조사, 한빛시 주민 귀가",
            "폭발이 일어난 화학공장 주변의 통제가 풀렸다. 윤서진 시장은 원인을 밝히겠다고 말했다.",
        ),
    ),
}

OTHERS = {
    "en": (
        "Museum shows lost paintings",
        "The gallery in the old town opens with thirty works. Visitors had to wait in the rain.",
    ),
    "fr": (
        "Le prix du pain augmente encore",
        ("Les boulangers expliquent la hausse par le coût de l'énergie. Les clients ne sont pas contents."),
    ),
    "de": (
        "Der Wolf kehrt in die Heide zurück",
        "Förster haben Spuren von einem Rudel gefunden. Die Schäfer sind darüber nicht froh.",
    ),
    "es": (
        "Los cines vuelven a llenarse",
        "La taquilla creció en primavera gracias a las comedias. Los dueños son optimistas.",
    ),
    "pt": (
        "Café fica mais caro nos mercados",
        "A seca prejudicou a colheita dos produtores. Os consumidores já sentem a diferença.",
    ),
    "ru": (
        "Шахматный турнир завершился ничьей",
        "Гроссмейстеры сыграли последнюю партию за два часа. Зрители ждали большего.",
    ),
    "ar": (
        "ارتفاع أسعار الخبز في الأسواق",
        "يشكو المستهلكون من الغلاء منذ بداية الصيف. وتقول المخابز إن الطحين نادر.",
    ),
    "hi": (
        "क्रिकेट टीम ने श्रृंखला जीती",
        "कप्तान ने आखिरी गेंद पर छक्का लगाया। दर्शक देर रात तक नाचते रहे।",
    ),
    "km": (
        "សិស្សប្រកួតសរសេរកំណាព្យ",
        "ការប្រកួតនេះមានសិស្សចូលរួមច្រើន។ អ្នកឈ្នះទទួលបានកុំព្យូទ័រ។",
    ),
    "zh": (
        "熊猫宝宝首次亮相",
        "动物园游客排起长队。饲养员介绍它爱吃苹果。",
    ),
    "ja": (
        "桜の開花が例年より早い見込み",
        "気象会社が予想を発表した。花見客でにぎわいそうだ。",
    ),
    "ko": (
        "전통시장에 청년 가게 늘어",
        "젊은 상인들이 골목에 활기를 불어넣는다. 손님들은 새로운 음식을 반긴다.",
    ),
}

GRAMMAR = {
    "en": (
        "It was not that which they had been",
        "They have been there and it was not what we would do with them",
    ),
    "fr": (
        "Il ne les a pas",
        "Il y a des choses que nous ne sommes pas et qui sont dans les autres",
    ),
    "de": (
        "Das ist nicht so",
        "Es ist nicht das, was wir mit ihnen und für sie auch sind",
    ),
    "es": (
        "No es lo que era",
        "Pero no es lo que los otros son para nosotros, también con ellos",
    ),
    "pt": (
        "Não é o que foi",
        "Mas não é o que os outros são para nós, também com eles",
    ),
    "ru": (
        "Это не то, что было",
        "Но он и она не были там, и это уже не так, как они",
    ),
    "ar": (
        "هذا ليس ما كان",
        "هذا هو الذي كان في ذلك على أن لا",
    ),
    "hi": (
        "यह वह नहीं है",
        "यह वह नहीं है जो हम और वे इस में थे",
    ),
    "km": (
        "នេះ គឺ ជា",
        "នេះ គឺ ជា ដែល នៅ ក្នុង និង ដោយ",
    ),
    "zh": (
        "这是了的",
        "这是我们的，那也是他们的了",
    ),
    "ja": (
        "これはそれです",
        "これはそれであり、そしてあれではないのです",
    ),
    "ko": (
        "그는 그것을",
        "그리고 그는 그것을 그들에게도 하지만 이것은 저것이다",
    ),
}
