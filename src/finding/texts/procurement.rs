//! Texts about tables of procurement.

use super::texts;

texts! { PROCUREMENT
    ProcurementColumns "" {
        th "ตารางจัดซื้อจัดจ้างนี้ไม่มีคอลัมน์: {columns}" => "เพิ่มคอลัมน์ตามแบบ ข้อมูลที่ไม่มีให้ใส่ - หากมีคอลัมน์อยู่แล้ว ให้ใช้ชื่อหัวคอลัมน์ตามแบบ";
        en "this table of procurement has no column for: {columns}" => "add the columns of the form, with - where there is nothing to say; where a column is there, give it the form's heading";
    }
    ProcurementEmpty "" {
        th "คอลัมน์ “{column}” มีเซลล์ว่าง {count} เซลล์: {cells}" => "กรอกข้อมูลให้ครบ เซลล์ที่ไม่มีข้อมูลให้ใส่ - เพื่อให้ผู้อ่านรู้ว่าไม่ได้ลืม";
        en "the column “{column}” has empty cells ({count}): {cells}" => "fill them in; where there is nothing to say write -, so that readers know that nothing was forgotten";
    }
    ProcurementNumber "" {
        th "เซลล์ {cell} ในคอลัมน์ “{column}” ควรเป็นจำนวนเงิน แต่เขียนว่า “{found}”" => "เขียนเป็นตัวเลขจำนวนเดียว เช่น 1,200,000.50 ถ้าไม่มีให้ใส่ -";
        en "the cell {cell} in the column “{column}” should be an amount of money, but says “{found}”" => "write one number, as 1,200,000.50; where there is none write -";
    }
    ProcurementNumber "year" {
        th "เซลล์ {cell} ในคอลัมน์ “{column}” ควรเป็นปี แต่เขียนว่า “{found}”" => "เขียนปีสี่หลัก เช่น 2568";
        en "the cell {cell} in the column “{column}” should be a year, but says “{found}”" => "write a year of four digits, as 2568";
    }
    ProcurementNumber "further" {
        th "มีเซลล์ที่ควรเป็นตัวเลขแต่อ่านไม่ได้อีก {count} เซลล์ นอกจากที่บอกไว้" => "ตรวจคอลัมน์จำนวนเงินและปีทั้งคอลัมน์";
        en "there are {count} more cells that should be numbers than are told here" => "look through the columns of amounts and years";
    }
    ProcurementPrice "budget" {
        th "เซลล์ {cell}: ราคาที่ตกลง {agreed} บาท สูงกว่าวงเงินงบประมาณ {other} บาท" => "ตรวจทั้งสองจำนวน ถ้าถูกต้องทั้งคู่ ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: procurement-price, where: {subject}, reason: …}`";
        en "the cell {cell}: the agreed price of {agreed} baht is above the budget of {other} baht" => "check both; where both are right, write under `accept:` in agency.yaml: `- {code: procurement-price, where: {subject}, reason: …}`";
    }
    ProcurementPrice "reference" {
        th "เซลล์ {cell}: ราคาที่ตกลง {agreed} บาท สูงกว่าราคากลาง {other} บาท" => "ตรวจทั้งสองจำนวน ถ้าถูกต้องทั้งคู่ ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: procurement-price, where: {subject}, reason: …}`";
        en "the cell {cell}: the agreed price of {agreed} baht is above the reference price of {other} baht" => "check both; where both are right, write under `accept:` in agency.yaml: `- {code: procurement-price, where: {subject}, reason: …}`";
    }
    ProcurementPrice "further" {
        th "มีแถวที่ราคาที่ตกลงสูงกว่าอีก {count} แถว นอกจากที่บอกไว้" => "เปรียบเทียบคอลัมน์ราคาที่ตกลงกับวงเงินงบประมาณและราคากลางทั้งตาราง";
        en "there are {count} more rows with an agreed price above another amount than are told here" => "compare the agreed prices with budgets and reference prices in the whole table";
    }
    ProcurementYear "" {
        th "มี {count} แถวเป็นของปีงบประมาณ {year} แต่รายการนี้เป็นของปี {asked}: {cells}" => "ตรวจปีในตาราง หากเอกสารเป็นของปีอื่นจริง ให้ใส่ `covers: {year}` ใน disclosures.yaml";
        en "rows of the fiscal year {year} ({count}) stand where the item is about {asked}: {cells}" => "check the years in the table; where the document is about another year, say `covers: {year}` in disclosures.yaml";
    }
    ProcurementDouble "" {
        th "เลขที่โครงการ {number} อยู่ทั้งในเซลล์ {cell} และ {other} แต่ชื่อรายการต่างกัน" => "ตรวจว่าแถวใดใช้เลขที่โครงการผิด";
        en "the project number {number} stands in the cells {cell} and {other}, whose rows have other names" => "see which row has the wrong number";
    }
    ProcurementDouble "row" {
        th "แถวของเซลล์ {cell} ซ้ำกับแถวของเซลล์ {other} (เลขที่โครงการ {number})" => "เก็บไว้แถวเดียว";
        en "the row of the cell {cell} repeats the row of the cell {other} (project number {number})" => "keep one of them";
    }
    ProcurementDouble "further" {
        th "มีเลขที่โครงการที่ซ้ำอีก {count} แถว นอกจากที่บอกไว้" => "เรียงตารางตามเลขที่โครงการแล้วตรวจแถวที่ซ้ำ";
        en "there are {count} more rows with a repeated project number than are told here" => "sort the table by project number and look at the repeated ones";
    }
    ProcurementUnread "" {
        th "อ่านตารางจัดซื้อจัดจ้างนี้ได้ {count} แถว ส่วนที่เหลือไม่ได้อ่าน" => "แบ่งเป็นหลายไฟล์แล้วแนบกับรายการของปีที่ถูกต้อง รวมกันไม่เกิน {most} แถวต่อปี หากไฟล์ไม่ใหญ่ ให้บันทึกใหม่เพราะไฟล์อาจเสียหาย";
        en "{count} rows of this table of procurement were read, and the rest was not" => "attach each year's table to its own year, no more than {most} rows in all; where the file is small, save it again, as it may be damaged";
    }
    ProcurementUnread "cell" {
        th "มี {count} แถวที่ข้อความในเซลล์ยาวเกินกว่าที่อ่านหรือไม่รู้ว่าจบที่ใด แถวของเซลล์: {cells}" => "ตรวจว่ามีเครื่องหมาย \" เกินมาหรือข้อมูลหลายแถวรวมอยู่ในเซลล์เดียวหรือไม่";
        en "rows with a cell that is longer than is read, or that nothing ends ({count}), those of: {cells}" => "see whether there is a stray \" or the data of many rows in one cell";
    }
    ProcurementUnread "large" {
        th "ไม่ได้ตรวจไฟล์นี้ เพราะตารางของรายการนี้รวมกันใหญ่กว่า {most} MiB" => "เอารูปภาพและแผ่นงานที่ไม่ใช้ออกจากไฟล์ หรือบันทึกเป็น CSV";
        en "this file was not looked into: the tables of this item are larger than {most} MiB together" => "take pictures and unused sheets out of it, or save it as CSV";
    }
}
