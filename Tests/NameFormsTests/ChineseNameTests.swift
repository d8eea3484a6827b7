import NameForms
import Testing

@Suite("Chinese names in Pinyin")
struct ChineseNameTests {
    // GB/T 28039-2011 §5.1.1: the examples of the standard, without tones.
    @Test(
        "the standard's examples are spelled as it spells them",
        arguments: [
            ("王芳", "Wang Fang"), ("杨为民", "Yang Weimin"), ("马本斋", "Ma Benzhai"), ("罗常培", "Luo Changpei"),
            ("欧阳文", "Ouyang Wen"), ("司马相南", "Sima Xiangnan"), ("吕略", "Lü Lüe"), ("赵平安", "Zhao Ping'an"),
        ]
    )
    func standard(name: String, spelling: String) {
        #expect(ChineseName(name)?.spelling == spelling)
    }

    // GB/T 28039-2011 §5.1.2.
    @Test(
        "two surnames side by side have a hyphen between them",
        arguments: [("郑李", "淑芳", "Zheng-Li Shufang"), ("项司徒", "文良", "Xiang-Situ Wenliang")]
    )
    func doubleSurnames(surname: String, given: String, spelling: String) {
        #expect(ChineseName(surname: surname, given: given)?.spelling == spelling)
    }

    // GB/T 28039-2011 §6.2: capitals write YU for ü.
    @Test("passports write capitals without marks", arguments: [("吕略", "LYU LYUE"), ("赵平安", "ZHAO PINGAN")])
    func passports(name: String, spelling: String) {
        #expect(ChineseName(name)?.passportSpelling == spelling)
    }

    // 现代汉语词典, 7th edition: the entries that are marked 姓.
    @Test(
        "a character is read as the surname that it is, and as usual within the given name",
        arguments: [
            ("单雄信", "Shan Xiongxin"), ("仇英", "Qiu Ying"), ("解缙", "Xie Jin"), ("查良镛", "Zha Liangyong"),
            ("曾国藩", "Zeng Guofan"), ("区寄", "Ou Ji"), ("朴槿惠", "Piao Jinhui"), ("盖叫天", "Ge Jiaotian"),
            ("任曾单", "Ren Cengdan"), ("乐毅", "Yue Yi"), ("尉迟恭", "Yuchi Gong"), ("尉健行", "Wei Jianxing"),
            ("万俟卨", "Moqi Xie"), ("长孙无忌", "Zhangsun Wuji"), ("令狐德棻", "Linghu Defen"),
            ("澹台灭明", "Tantai Mieming"), ("單雄信", "Shan Xiongxin"), ("歐陽脩", "Ouyang Xiu"), ("缪荃孙", "Miao Quansun"),
        ]
    )
    func surnames(name: String, spelling: String) {
        #expect(ChineseName(name)?.spelling == spelling)
    }

    @Test("names with dots are spelled part by part")
    func dots() {
        let name = ChineseName("买买提·艾力")
        #expect(name?.spelling == "Maimaiti Aili")
        #expect(name?.surname == "")
        #expect(name?.given == "买买提·艾力")
    }

    @Test("a name of one character has no given name")
    func single() {
        #expect(ChineseName("李")?.spelling == "Li")
        #expect(ChineseName("欧阳")?.surname == "欧")
    }

    @Test("what is no name in Chinese characters is none", arguments: ["", " ", "John", "张a", "李1", "ナナ", "·"])
    func others(text: String) {
        #expect(ChineseName(text) == nil)
    }

    @Test("syllables are known by what is typed and by what is written")
    func syllables() {
        #expect(Pinyin("lü") == Pinyin("lv"))
        #expect(Pinyin("Zhuang")?.typed == "zhuang")
        #expect(Pinyin("lve")?.written == "lüe")
        #expect(Pinyin("zhx") == nil)
    }
}
