// Made by Tools/name-tables/make.py; do not edit.

extension PinyinTable {
    /// Further readings. Source: Unicode 15.0, Unihan kTGHZ2013, kXHC1983, kHanyuPinlu.
    static let others = """
        a吖呵腌 ai呆 an厂广 ao嚣薁 bai伯呗 bao刨剥曝瀑炮 bei棓臂 ben夯 beng蚌 bi咇泌祕秘芘贲辟 bie癿 bing屏栟梹槟檳 bo孛擘柏桲泊般艴蕃薄蘖趵魄鲅鲌 bu卜堡 ca拆
        cen参參 cha刹剎喳嚓楂 chai差 chan单單孱掺摻 chang倘裳長长 chao剿绰 che尺 chen伧傖梣棽橙沈称稱 cheng噌盛鐺铛 chi匙豉 chong涌漴种重 chui圌 chuo啜
        ci兹差 cu卒趣 cuan攒 cui衰 cun蹲 cuo瘥 da塔溚疸鿎 dai大 dan石膻 dao帱幬 de底 dei嘚得 deng澄 di地坻提的茋 dia嗲 diao鳥鸟 die楪跕 ding町
        dou讀读钭 du都顿 dui敦錞 dun镦 duo度杕驮 e哦堨欸阿 ei欸 er耏 fa酦 fen坋玢 fo佛 fu宓市枹脯芾 ga伽咖夹夾戛胳轧 gai芥 gan乾虷 gang扛 ge合屹盖蓋蛤颌饹
        geng頸颈 gong硔红 gou句 gu贾 gua呱括 guan矜綸纶 gui炅 guo掴摑涡渦聒 ha虾蝦 hai浬 han扞犴 hang吭巷行 hao暠镐 he吓嚇纥貉閤隺 hei嗨 heng珩行
        hng哼 hong唝 hu和戏戲核鹄鹘 hua砉豁 huai划劃 huan还還 hui堕徊桧檜溃硊 hun珲碈 huo和 ji㴔其堲奇期系給给革齊齐 jia嘏挟筴袷 jian槛檻浅淺閒 jiang強强虹
        jiao勦嚼校覺觉 jie价偈價家桔楷藉袷诘 jing劲勁 jiong坷 jiu氿蹴 ju且岨枸柜瞿車车鉏 juan圈 jue嗟脚腳角 jun筠葰隽雋龜龟 ka咯 kai豈 kan嵌阚 ke剋呵咳 kei尅
        ku楛 kuai会會浍澮 kui傀 kuo栝适 la落蓝藍 lao络落 le勒 lei肋 li悝浰犛釐鬲 liang俩倆倞莨靓 liao了橑潦 lie峛 lin綝 ling棱稜 liu硐碌陆陸 lo咯
        long弄 lou露𦝼 lu六绿蓼 luo咯捋烙硌跞躒 lv偻僂菉 m呒嘸 ma么抹摩 mai唛 man埋 mang厖 me末麽 mei糜谜 men呇 meng尨氓 mi蓂 mian俛 miao缪 min黽黾
        ming盟 miu缪 mo万冒嘿嬷无沒没無脈脉 mu姥模牟莫 n唔 na南 nai佴哪那 nan囝 ne吶呐哪那 nei哪那 ng唔嗯 ni兒呢祢禰 nian粘 niao溺 nie乜 nin恁 niu抝拗杻
        nu呶 nuan暧 nuo娜𦰡 o嚄 ou区區 pa扒派耙钯 pai迫 pan扳番胖般蹒 pang彷磅膀髈 peng搒榜淜 pi吡否坏椑罷裨陂 pian便扁缏 piao朴莩蔈骠 pin拚蘋 ping冯
        po廹朴泺繁醱陂 pu埔堡暴 qi亟欹洓稽缉荠薺 qia卡 qian伣犍磏纤荨 qiang将將彊 qiao偢壳峤嶠殼蕉蹻雀 qie伽慊砌茄趄 qin廑梣矜覃 qing亲綮親 qiu仇湫龜龟 qu戌焌苣𫭟
        que炔 qun麇麕 r儿兒 re喏若 ruo婼挼 sai思 san霰 sao梢缲 se塞 sha嗄挱挲摋杉 shai色 shan单單嶦掸掺摻撣栅烻禅禪 shang汤湯 shao召杓鞘 she折拾揲阇
        shen参參糁糝葚 sheng乘晟椉渑澠 shi什嘘峙殖耆酾釃 shou熟 shu俞 shuai率 shuang泷漴瀧 shui说谁 shun楯 shuo数數 si伺似俟偲厕已廁食 su缩 sui尿
        suo挱挲莎葰 ta嗒沓漯阘靸 tai呔奤骀 tan啴嘽弹彈澹镡 tang埫惝 tao叨焘燾 te脦 tei忒 teng螣 ti䏲俶 tian佃瑱钿 tiao苕調调 tie怙 ting铤 tong侗垌峒恫洞穜
        tui忒 tun囤褪 tuo侻圫拓柁铊魄 wa凹坬 wan娩莞蔓 wang尢芒 wei亹崴廆遗隗 wo喔 wu峿恶惡於 xi娭戯栖歙洒纚腊茜裼蹊 xia厦呷唬廈 xian孅洗見见铣锬 xiang降
        xiao削滧蛸 xie叶契絜血解颉鲑 xin寻尋莘镡 xing省餳饧 xiong芎 xiu宿臭 xu圩欻歘浒滀畜砉 xuan券嬛煖縣 xue噱敩斅 xun浚濬荤郇 ya疋 yan剡掞晻殷铅阏阽 yang玚瑒
        yao么侥僥疟瘧约铫陶 ye咽拽邪 yi仡嗌尾昳艾荑蛇蛾食 yin唫圻湮烟硍窨龈 ying吋呎哩唡啢滎荥 yo育 you繇蝤 yu吁喁尉熨畬粥菀蔚谷铻隩 yuan圜妧涴芫 yue乐哕噦栎樂櫟说鑰钥 yun员
        za咱扎 zai仔 zan偺喒拶篸酂 zang藏 ze侧咋 zeng曾综 zha咋喋查柵紥紮蜡轧馇 zhai侧择擇祭翟豸齊 zhan辗颤 zhao嘲朝着著 zhei这這 zhen帧椹溱陳 zheng丁徵鲭
        zhi擿氏瘈祇識识蹢 zhong忪 zhou啁婤碡繇 zhu属屬术柷芧著褚 zhua挝撾爪 zhuai轉转 zhuan传傳沌耑 zhuang僮奘幢戆 zhui椎 zhun屯 zhuo斮焯琢着缴著
        zi吱呲孖茈菑 zong枞樅 zu菹 zuan篹籑赚 zui咀堆脧觜 zuo凿嘬撮柞笮酢鑿
        """
}
