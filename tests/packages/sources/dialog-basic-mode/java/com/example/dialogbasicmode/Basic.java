package com.example.dialogbasicmode;

import android.app.Activity;

public class Basic extends Activity { }
