package com.baidu.mobstat.sample;

import android.app.Activity;

public class Main extends Activity { }
