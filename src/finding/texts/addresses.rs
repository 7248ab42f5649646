//! Texts about addresses that were published and are gone.

use super::texts;

texts! { ADDRESSES
    RedirectUnfit "" {
        th "ใส่ที่อยู่เก่า /{address} ใน {file} ไม่ได้ จึงใช้หน้าที่พาไปต่อแทน" => "ไม่ต้องแก้ ผู้อ่านไปถึงที่อยู่ใหม่ได้เหมือนกัน";
        en "the old address /{address} does not fit into {file}, so a page leads on instead" => "nothing is to be mended, readers reach the new address all the same";
    }
    RedirectUnfit "more" {
        th "ใส่ที่อยู่เก่า {count} แห่งใน {file} ไม่ได้ นับจาก /{address} จึงใช้หน้าที่พาไปต่อแทน" => "ไม่ต้องแก้ ผู้อ่านไปถึงที่อยู่ใหม่ได้เหมือนกัน";
        en "{count} old addresses do not fit into {file}, from /{address} on, so pages lead on instead" => "nothing is to be mended, readers reach the new addresses all the same";
    }
    AddressGone "" {
        th "ที่อยู่ /{address} เคยเผยแพร่ แต่ครั้งนี้ไม่มี และไม่ได้ส่งต่อไปที่ใด" => "วางไฟล์ต้นทางกลับที่เดิม หรือเขียนใต้ `redirects:` ใน content/site.yaml ว่า `{line}`";
        en "the address /{address} was published and is gone, and nothing leads on from it" => "put its source back, or write under `redirects:` in content/site.yaml: `{line}`";
    }
    AddressGone "file" {
        th "ไฟล์ /{address} เคยเผยแพร่ แต่ครั้งนี้ไม่มี" => "วางไฟล์กลับที่ {target} เพราะ `redirects` ส่งต่อจากไฟล์ไม่ได้ หากตั้งใจนำออก เขียนใต้ `accept:` ใน {file} ว่า `{accept}`";
        en "the file /{address} was published and is gone" => "put it back at {target}, as `redirects` can't lead on from a file; if it went on purpose, write under `accept:` in {file}: `{accept}`";
    }
    AddressGone "other" {
        th "ที่อยู่ /{address} เคยเผยแพร่ แต่ครั้งนี้ไม่มี และ `redirects` ส่งต่อจากที่อยู่เช่นนี้ไม่ได้" => "วางไฟล์ต้นทางกลับที่เดิม หากตั้งใจนำออก เขียนใต้ `accept:` ใน {file} ว่า `{accept}`";
        en "the address /{address} was published and is gone, and `redirects` can't lead on from such a one" => "put its source back; if it went on purpose, write under `accept:` in {file}: `{accept}`";
    }
    AddressGone "folder" {
        th "ที่อยู่ใต้ /{address} เคยเผยแพร่ {count} แห่ง แต่ครั้งนี้ไม่มีเลย และไม่ได้ส่งต่อไปที่ใด" => "วางไฟล์ต้นทางกลับที่เดิม หรือเขียนใต้ `redirects:` ใน content/site.yaml บรรทัดละที่อยู่ เช่น `{line}` หากตั้งใจนำออก เขียนใต้ `accept:` ใน {file} ว่า `{accept}`";
        en "{count} addresses below /{address} were published and all are gone, and nothing leads on from them" => "put their sources back, or write a line for each address under `redirects:` in content/site.yaml, as `{line}`; if they went on purpose, write under `accept:` in {file}: `{accept}`";
    }
    AddressGone "files" {
        th "ไฟล์ใต้ /{address} เคยเผยแพร่ {count} ไฟล์ แต่ครั้งนี้ไม่มีเลย" => "นำไฟล์กลับมา เพราะ `redirects` ส่งต่อจากไฟล์ไม่ได้ หากตั้งใจนำออก เขียนใต้ `accept:` ใน {file} ว่า `{accept}`";
        en "{count} files below /{address} were published and all are gone" => "put them back, as `redirects` can't lead on from a file; if they went on purpose, write under `accept:` in {file}: `{accept}`";
    }
    AddressGone "case" {
        th "ที่อยู่ /{address} เคยเผยแพร่ แต่ครั้งนี้เขียนเป็น /{to} ซึ่งเครื่องแม่ข่ายหลายชนิดถือว่าไม่ใช่ที่อยู่เดียวกัน" => "ใช้ชื่อตามเดิม หากตั้งใจเปลี่ยน เขียนใต้ `accept:` ใน {file} ว่า `{accept}`";
        en "the address /{address} was published and is now written /{to}, which to many hosts is another address" => "write the name as it was; if it was changed on purpose, write under `accept:` in {file}: `{accept}`";
    }
    AddressGone "more" {
        th "ที่อยู่อีก {count} แห่งที่เคยเผยแพร่ นับจาก /{address} ครั้งนี้ไม่มี" => "แก้ที่อยู่ที่บอกไว้ก่อน แล้วสั่ง build อีกครั้งเพื่อดูที่เหลือ";
        en "{count} more addresses that were published are gone, from /{address} on" => "mend those that are told first, then build again to see the rest";
    }
}
